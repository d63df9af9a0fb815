-- How much of the weight that could score comes from sources that have spoken for the last day, of those in use.
with

types as (

    select * from {{ ref('activity_types') }}
    where direction = 'inbound' and counts_as_active and weight > 0 and {{ is_in_use('source_system') }}

),

spoke as (

    select distinct source_system
    from {{ ref('int_coverage__days') }}
    where is_received and date_day = cast({{ dbt.dateadd('day', -1, as_of()) }} as date)

),

final as (

    select
        sum(case when spoke.source_system is not null then types.weight else 0 end) / cast(sum(types.weight) as double)
            as score_coverage
    from types
    left join spoke on types.source_system = spoke.source_system

)

select * from final
