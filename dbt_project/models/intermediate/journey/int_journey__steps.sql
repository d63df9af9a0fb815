-- Touchpoints in their order, cut into journeys: each ends at the target, or when nothing follows for too long.
with

settings as (

    select * from {{ ref('journey_settings') }}

),

done as (

    select
        target,
        customer_id,
        min(reached_at) as done_at
    from {{ ref('int_journey__reached') }}
    where is_once
    group by target, customer_id

),

stacked as (

    select
        targets.target,
        touches.customer_id,
        touches.touchpoint as state,
        0 as is_end,
        settings.gap_in_days,
        touches.touched_at as stepped_at
    from {{ ref('int_journey__touches') }} as touches
    cross join settings
    cross join {{ ref('journey_targets') }} as targets
    left join done on targets.target = done.target and touches.customer_id = done.customer_id
    where done.done_at is null or touches.touched_at < done.done_at
    union all
    select
        reached.target,
        reached.customer_id,
        '(reached)' as state,
        1 as is_end,
        settings.gap_in_days,
        reached.reached_at as stepped_at
    from {{ ref('int_journey__reached') }} as reached
    cross join settings
    where
        reached.reached_at >= {{ dbt.dateadd('day', '-settings.history_in_days', as_of()) }}
        and reached.reached_at < {{ as_of() }}

),

-- what happened at the very instant of the target did not lead to it
compared as (

    select
        *,
        {{ epoch_seconds('stepped_at') }} - {{ epoch_seconds('lag(stepped_at) over customer') }} as waited_in_s,
        lag(is_end) over customer as previous_is_end
    from stacked
    window customer as (partition by target, customer_id order by stepped_at, is_end desc, state)

),

numbered as (

    select
        *,
        sum(case when previous_is_end = 0 and waited_in_s <= gap_in_days * 86400 then 0 else 1 end) over (
            partition by target, customer_id
            order by stepped_at, is_end desc, state
            rows unbounded preceding
        ) as journey_number
    from compared

),

final as (

    select
        target,
        customer_id,
        journey_number,
        state,
        is_end,
        row_number() over (partition by target, customer_id, journey_number order by is_end, stepped_at, state)
            as step_number,
        max(is_end) over journey as is_reached,
        {{ dbt.dateadd('day', 'gap_in_days', 'max(stepped_at) over journey') }} as open_until,
        stepped_at
    from numbered
    window journey as (partition by target, customer_id, journey_number)

)

select * from final
where is_reached = 1 or open_until < {{ as_of() }}
