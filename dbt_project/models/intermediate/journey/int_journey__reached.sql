-- When a customer reached a target: a goal each time or the first time, being engaged the first time.
with

targets as (

    select
        target,
        is_once
    from {{ ref('journey_targets') }}

),

goals as (

    select
        targets.target,
        targets.is_once,
        conversions.customer_id,
        conversions.converted_at as reached_at
    from {{ ref('int_conversion__conversions') }} as conversions
    inner join targets on conversions.goal = targets.target
    where not targets.is_once or conversions.customer_goal_seq_number = 1

),

engaged as (

    select
        targets.target,
        targets.is_once,
        engaged.customer_id,
        cast(engaged.engaged_on as timestamp) as reached_at
    from {{ ref('int_lifecycle__engaged') }} as engaged
    inner join targets on targets.target = 'engaged'

),

final as (

    select * from goals
    union all
    select * from engaged

)

select * from final
