-- The days of which more, less or something else is known than in the build of the last earlier day.
with

now as (

    select * from {{ ref('int_kpi__facts') }}

),

told as (

    select * from {{ ref('int_kpi__told_facts') }}

),

final as (

    select
        coalesce(now.facts, told.facts) as facts,
        coalesce(told.is_provisional, false) as was_provisional,
        coalesce(now.fact_date, told.fact_date) as fact_date
    from now
    full outer join told on now.facts = told.facts and now.fact_date = told.fact_date
    where now.stated is distinct from told.stated

)

select * from final
