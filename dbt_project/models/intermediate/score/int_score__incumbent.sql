-- The score as it was when the gate last let a build through, where it is not the one of today: a new version's rival.
with

definitions as (

    select * from {{ ref('int_score__definitions') }}

),

passed as (

    select max(definitions.as_of_date) as as_of_date
    from definitions
    inner join {{ ref('int_coverage__runs') }} as runs
        on definitions.as_of_date = {{ dbt.dateadd('day', 1, 'runs.run_day') }}
    where
        runs.step = 'validate'
        and runs.verdict = 'passed'
        and definitions.as_of_date < {{ as_of() }}

),

incumbent as (

    select definitions.*
    from definitions
    inner join passed on definitions.as_of_date = passed.as_of_date

),

today as (

    select * from definitions
    where as_of_date = {{ as_of() }}

),

differences as (

    select count(*) as n
    from incumbent
    full outer join today on incumbent.activity = today.activity
    where
        coalesce(incumbent.weight, 0) <> coalesce(today.weight, 0)
        or incumbent.daily_cap <> today.daily_cap
        or incumbent.window_in_days <> today.window_in_days
        or incumbent.half_life_in_days <> today.half_life_in_days

),

final as (

    select
        incumbent.activity,
        incumbent.score_version,
        incumbent.weight,
        incumbent.daily_cap,
        incumbent.window_in_days,
        incumbent.half_life_in_days,
        incumbent.as_of_date
    from incumbent
    cross join differences
    where differences.n > 0

)

select * from final
