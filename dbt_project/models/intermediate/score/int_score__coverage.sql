-- How much of the weight that could score is of acts that a source has told of for the last day. Acts that no source in
-- use can tell of are no part of it.
with

spoke as (

    {{ spoke_within(1) }}

),

acts as (

    select
        acts.activity,
        max(case when spoke.source_system is null then 0 else 1 end) as n_told
    from {{ ref('int_coverage__acts') }} as acts
    left join spoke on acts.source_system = spoke.source_system
    group by acts.activity

),

final as (

    select sum(acts.n_told * types.weight) / cast(sum(types.weight) as double) as score_coverage
    from acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where types.direction = 'inbound' and types.counts_as_active and types.weight > 0

)

select * from final
