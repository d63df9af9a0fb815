{{ config(materialized='view') }}

with

acts as (

    select * from {{ ref('int_activity__klaviyo_acts') }}

),

rules as (

    select * from {{ ref('machine_rules') }}

),

bursts as (

    select distinct
        campaign_id,
        member_id,
        acted_at
    from {{ ref('int_activity__machine_clicks') }}

),

final as (

    select
        concat('klaviyo/events/', acts.event_id) as source_record_id,
        acts.vendor_action,
        'klaviyo_profile_id' as identifier_type,
        acts.profile_id as identifier_value,
        acts.part_id,
        acts.campaign_id,
        split_part(split_part(acts.url, '?', 1), '#', 1) as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        acts.product_id,
        acts.thread_id,
        {{ unsaid(['mkt_source', 'mkt_medium']) }},
        case
            when acts.vendor_action = 'custom metric' then {{ json_text({'metric': 'acts.metric'}) }}
            when acts.bounce_type is not null then {{ json_text({'bounce_type': 'lower(acts.bounce_type)'}) }}
            when acts.order_number is not null then {{ json_text({'order_number': 'acts.order_number'}) }}
        end as feature_json,
        case
            when acts.metric not in ('Opened Email', 'Clicked Email') then null
            when acts.is_flagged then 'flagged_by_vendor'
            when acts.is_apple_privacy_open then 'image_proxy'
            when bursts.member_id is not null then 'all_links_burst'
            when acts.metric = 'Opened Email' and acts.after_send_s <= rules.open_within_s then 'seconds_after_send'
            when acts.metric = 'Clicked Email' and acts.after_send_s <= rules.click_within_s then 'seconds_after_send'
        end as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        acts._day,
        acts.ts
    from acts
    cross join rules
    left join bursts
        on
            acts.campaign_id = bursts.campaign_id
            and acts.profile_id = bursts.member_id
            and acts.ts = bursts.acted_at

)

select * from final
