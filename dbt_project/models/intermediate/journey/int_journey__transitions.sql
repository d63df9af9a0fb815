-- From which touchpoint to which: a journey begins at (start), and ends (reached) or (lost).
with

steps as (

    select
        *,
        lead(state) over (
            partition by target, customer_id, journey_number
            order by step_number
        ) as next_state,
        {{ epoch_seconds(
            'lead(stepped_at) over (partition by target, customer_id, journey_number order by step_number)'
        ) }} - {{ epoch_seconds('stepped_at') }} as seconds
    from {{ ref('int_journey__steps') }}

),

moves as (

    select
        target,
        '(start)' as from_state,
        state as to_state,
        null as seconds
    from steps
    where step_number = 1 and is_end = 0
    union all
    select
        target,
        state as from_state,
        coalesce(next_state, '(lost)') as to_state,
        seconds
    from steps
    where is_end = 0

),

counts as (

    select
        target,
        from_state,
        to_state,
        count(*) as n,
        percentile_cont(0.5) within group (order by seconds) as median_s
    from moves
    group by target, from_state, to_state

),

final as (

    select
        target,
        from_state,
        to_state,
        n,
        sum(n) over (partition by target, from_state) as n_from,
        median_s
    from counts

)

select * from final
