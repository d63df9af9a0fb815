{{ config(materialized='view') }}

with

acts as (

    select * from {{ ref('int_activity__acts') }}

),

types as (

    {{ vendor_actions() }}

),

final as (

    select
        {{ dbt.hash("concat(acts.source_record_id, '#', acts.part_id)") }} as activity_id,
        acts.source_record_id,
        acts.identifier_value,
        acts.campaign_id,
        acts.content_id,
        acts.owner_id,
        acts.product_id,
        acts.thread_id,
        acts.mkt_source,
        acts.mkt_medium,
        acts.source_system,
        coalesce(types.activity, concat('unknown: ', acts.vendor_action)) as activity,
        acts.identifier_type,
        acts.machine_reason,
        acts.default_channel_group,
        acts.feature_json,
        acts.engaged_time_in_s,
        acts.revenue_impact,
        acts.is_stateful,
        cast(acts.ts as date) as activity_date,
        acts._day,
        acts.ts
    from acts
    left join types
        on
            acts.source_system = types.source_system
            and acts.vendor_action = types.vendor_action

)

select * from final
