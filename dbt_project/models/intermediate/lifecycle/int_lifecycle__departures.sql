{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['customer_id', 'model', 'to_stage', 'entered_at'],
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

-- The stages of those who are customers no more, since they were merged into somebody or erased. What they did counts
-- for whomever they were merged into, so that nothing but this log remembers where they stood.
with

gone as (

    select
        told.customer_id,
        told.evidence_activity_id,
        told.model,
        told.from_stage,
        told.to_stage,
        told.exit_reason,
        told.rule_version,
        told.to_stage_number,
        told.entered_at,
        coalesce(told.exited_at, cast({{ as_of() }} as {{ dbt.type_timestamp() }})) as exited_at
    from {{ ref('int_lifecycle__told') }} as told
    left join {{ ref('int_customer__customers') }} as customers on told.customer_id = customers.customer_id
    where customers.customer_id is null

),

successors as (

    select distinct old_id from {{ ref('int_identity__successors') }}

),

final as (

    select
        gone.customer_id,
        gone.evidence_activity_id,
        gone.model,
        gone.from_stage,
        gone.to_stage,
        case
            when gone.exit_reason is not null then gone.exit_reason
            when successors.old_id is not null then 'merge'
            else 'erase'
        end as exit_reason,
        gone.rule_version,
        gone.to_stage_number,
        cast({{ dbt.datediff('gone.entered_at', 'gone.exited_at', 'second') }} as double) / 86400 as dwell_days,
        gone.entered_at,
        gone.exited_at
    from gone
    left join successors on gone.customer_id = successors.old_id

)

select * from final
