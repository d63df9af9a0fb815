-- Which sides any source in use could have told of in the window.
with

types as (

    select
        acts.source_system,
        types.dimension
    from {{ ref('int_coverage__acts') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where types.direction = 'inbound' and types.counts_as_active and types.weight > 0

),

spoke as (

    select distinct
        days.source_system,
        dates.end_date
    from {{ ref('int_coverage__days') }} as days
    inner join {{ ref('int_side__dates') }} as dates
        on days.date_day >= dates.first_date and days.date_day < dates.end_date
    where days.is_received

),

final as (

    select
        dates.end_date,
        coalesce(max(case when types.dimension = 'cognitive' then 1 else 0 end) = 1, false) as has_cognitive,
        coalesce(max(case when types.dimension = 'behavioral' then 1 else 0 end) = 1, false) as has_behavioral
    from {{ ref('int_side__dates') }} as dates
    left join spoke on dates.end_date = spoke.end_date
    left join types on spoke.source_system = types.source_system
    group by dates.end_date

)

select * from final
