-- When a customer reached a target: a goal each time, being engaged the first time.
with

settings as (

    select * from {{ ref('journey_settings') }}

),

goals as (

    select
        targets.target,
        targets.is_once,
        conversions.customer_id,
        conversions.converted_at as reached_at
    from {{ ref('int_conversion__conversions') }} as conversions
    inner join {{ ref('journey_targets') }} as targets on conversions.goal = targets.target
    where not targets.is_once or conversions.customer_goal_seq_number = 1

),

high as (

    select
        weeks.customer_id,
        weeks.monday,
        settings.engaged_weeks,
        row_number() over (partition by weeks.customer_id order by weeks.monday) as place
    from {{ ref('int_journey__weeks') }} as weeks
    cross join settings
    where weeks.score >= settings.engaged_from_score

),

-- weeks in a row have one Monday that their numbers count from
running as (

    select
        customer_id,
        monday,
        engaged_weeks,
        row_number() over (
            partition by customer_id, {{ dbt.dateadd('day', '-7 * place', 'monday') }}
            order by monday
        ) as n_weeks
    from high

),

engaged as (

    select
        targets.target,
        targets.is_once,
        running.customer_id,
        cast(min(running.monday) as timestamp) as reached_at
    from running
    inner join {{ ref('journey_targets') }} as targets on targets.target = 'engaged'
    where running.n_weeks >= running.engaged_weeks
    group by targets.target, targets.is_once, running.customer_id

),

final as (

    select * from goals
    union all
    select * from engaged

)

select * from final
