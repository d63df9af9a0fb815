{{ config(materialized='view') }}

with

events as (

    select * from {{ ref('stg_ga4__events') }}

),

names as (

    select * from {{ ref('ga4_events') }}

),

channels as (

    select * from {{ ref('int_activity__channels') }}

),

attention as (

    select * from {{ ref('int_activity__ga4_attention') }}

),

acts as (

    select
        events.*,
        case when names.event_name is null then 'event' else names.vendor_action end as vendor_action
    from events
    left join names on events.event_name = names.event_name
    where names.event_name is null or names.vendor_action is not null

),

final as (

    select
        {{ dbt.concat(["'ga4/events/'", 'acts.event_id']) }} as source_record_id,
        acts.vendor_action,
        case
            when acts.user_id is not null then 'site_user_id'
            when acts.client_id is not null then 'ga4_client_id'
        end as identifier_type,
        coalesce(acts.user_id, acts.client_id) as identifier_value,
        '' as part_id,
        acts.campaign as campaign_id,
        case
            when acts.vendor_action in ('click', 'file_download') then coalesce(acts.link, acts.page)
            else acts.page
        end as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ unsaid(['product_id', 'thread_id']) }},
        channels.source as mkt_source,
        channels.medium as mkt_medium,
        case
            when acts.vendor_action = 'purchase'
                then {{ json_text({'order': 'acts.transaction_id', 'items': 'acts.item_count'}) }}
            when acts.vendor_action in ('event', 'goal', 'video') then {{ json_text({'event': 'acts.event_name'}) }}
        end as feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        case when acts.is_entrance then coalesce(acts.session_channel_group, channels.default_channel_group) end
            as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        attention.engaged_time_in_s,
        acts._day,
        acts.event_at as ts
    from acts
    left join attention on acts.event_id = attention.event_id
    left join channels
        on
            acts.is_entrance
            and coalesce(acts.source, '(direct)') = channels.source
            and coalesce(acts.medium, '(none)') = channels.medium
            and coalesce(acts.campaign, '') = channels.campaign

)

select * from final
