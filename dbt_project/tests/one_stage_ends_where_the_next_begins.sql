with

steps as (

    select
        customer_id,
        model,
        to_stage,
        to_stage_number,
        exit_reason,
        entered_at,
        exited_at,
        lead(entered_at) over in_order as next_entered_at,
        lead(from_stage) over in_order as next_from_stage
    from {{ ref('lifecycle_transitions') }}
    window in_order as (partition by customer_id, model order by entered_at, to_stage_number)

)

select *
from steps
where
    exited_at < entered_at
    or (exited_at is null or exit_reason in ('merge', 'erase')) <> (next_entered_at is null)
    or (exited_at is null) <> (exit_reason is null)
    or exited_at <> next_entered_at
    or next_from_stage <> to_stage
