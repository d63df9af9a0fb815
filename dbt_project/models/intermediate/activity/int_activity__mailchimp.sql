{{ config(materialized='view') }}

with

acts as (

    select * from {{ ref('int_activity__campaign_acts') }}

),

machines as (

    select * from {{ ref('int_activity__machine_acts') }}

),

final as (

    select
        acts.source_record_id,
        acts.vendor_action,
        'mailchimp_member_id' as identifier_type,
        acts.member_id as identifier_value,
        '1' as part_id,
        acts.campaign_id,
        split_part(split_part(acts.url, '?', 1), '#', 1) as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        case
            when acts.vendor_action = 'bounce' then {{ json_text({'bounce_type': 'acts.bounce_type'}) }}
        end as feature_json,
        machines.machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        acts._day,
        acts.acted_at as ts
    from acts
    left join machines on acts.source_record_id = machines.source_record_id

)

select * from final
