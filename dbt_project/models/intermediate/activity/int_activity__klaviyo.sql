{{ config(materialized='view') }}

with

acts as (

    select
        *,
        concat('klaviyo/events/', event_id) as source_record_id
    from {{ ref('int_activity__klaviyo_acts') }}

),

machines as (

    select * from {{ ref('int_activity__machine_acts') }}

),

final as (

    select
        acts.source_record_id,
        acts.vendor_action,
        'klaviyo_profile_id' as identifier_type,
        acts.profile_id as identifier_value,
        acts.part_id,
        acts.campaign_id,
        coalesce(split_part(split_part(acts.url, '?', 1), '#', 1), acts.product_id) as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        case
            when acts.vendor_action = 'custom metric' then {{ json_text({'metric': 'acts.metric'}) }}
            when acts.bounce_type is not null then {{ json_text({'bounce_type': 'lower(acts.bounce_type)'}) }}
            when acts.order_number is not null then {{ json_text({'order_number': 'acts.order_number'}) }}
        end as feature_json,
        machines.machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        acts._day,
        acts.ts
    from acts
    left join machines on acts.source_record_id = machines.source_record_id

)

select * from final
