{{ config(materialized='view') }}

with

acts as (

    select * from {{ ref('int_activity__campaign_acts') }}

),

campaigns as (

    select * from {{ ref('stg_mailchimp__campaigns') }}

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

timed as (

    select
        acts.*,
        {{ epoch_seconds('acts.acted_at') }} - {{ epoch_seconds('campaigns.sent_at') }} as after_send_s
    from acts
    left join campaigns on acts.campaign_id = campaigns.campaign_id

),

final as (

    select
        timed.source_record_id,
        timed.vendor_action,
        'mailchimp_member_id' as identifier_type,
        timed.member_id as identifier_value,
        '1' as part_id,
        timed.campaign_id,
        split_part(split_part(timed.url, '?', 1), '#', 1) as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ unsaid(['product_id', 'thread_id', 'mkt_source', 'mkt_medium']) }},
        case
            when timed.vendor_action = 'bounce' then {{ json_text({'bounce_type': 'timed.bounce_type'}) }}
        end as feature_json,
        case
            when timed.vendor_action not in ('open', 'click') then null
            when bursts.member_id is not null then 'all_links_burst'
            when timed.vendor_action = 'open' and timed.is_proxy_ip then 'image_proxy'
            when timed.vendor_action = 'open' and timed.after_send_s <= rules.open_within_s then 'seconds_after_send'
            when timed.vendor_action = 'click' and timed.after_send_s <= rules.click_within_s then 'seconds_after_send'
        end as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        timed._day,
        timed.acted_at as ts
    from timed
    cross join rules
    left join bursts
        on
            timed.campaign_id = bursts.campaign_id
            and timed.member_id = bursts.member_id
            and timed.acted_at = bursts.acted_at

)

select * from final
