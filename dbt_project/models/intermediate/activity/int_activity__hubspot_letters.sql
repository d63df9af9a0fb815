{{ config(materialized='view') }}

with

events as (

    select
        *,
        case event_type
            when 'STATUSCHANGE' then 'letter:UNSUBSCRIBE'
            else concat('letter:', event_type)
        end as vendor_action,
        {{ epoch_seconds('happened_at') }} as happened_s,
        {{ epoch_seconds('happened_at') }} - {{ epoch_seconds('sent_at') }} as after_send_s
    from {{ ref('stg_hubspot__email_events') }}
    where
        event_type not in ('PROCESSED', 'DEFERRED', 'DELIVERED', 'DROPPED', 'SUPPRESSED', 'PRINT', 'STATUSCHANGE')
        or (event_type = 'STATUSCHANGE' and is_unsubscribe)

),

rules as (

    select * from {{ ref('machine_rules') }}

),

clicks as (

    select * from events
    where event_type = 'CLICK'

),

-- a scanner follows every link at once: the clicks around which the same recipient followed many links
bursts as (

    select clicks.event_id
    from clicks
    inner join clicks as neighbours
        on
            clicks.campaign_id = neighbours.campaign_id
            and clicks.recipient_digest = neighbours.recipient_digest
            and clicks._day = neighbours._day
    cross join rules
    where abs(neighbours.happened_s - clicks.happened_s) <= rules.burst_within_s
    group by clicks.event_id, rules.burst_links
    having count(distinct neighbours.url) >= rules.burst_links

),

final as (

    select
        concat(
            'hubspot/email_events/', events.event_id, '/', cast(events.happened_s as {{ dbt.type_string() }})
        ) as source_record_id,
        events.vendor_action,
        'email' as identifier_type,
        events.recipient_digest as identifier_value,
        '1' as part_id,
        events.campaign_id,
        split_part(split_part(events.url, '?', 1), '#', 1) as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ unsaid(['product_id', 'thread_id', 'mkt_source', 'mkt_medium']) }},
        case
            when events.event_type = 'BOUNCE' then {{ json_text({'bounce_type': 'lower(events.bounce_category)'}) }}
        end as feature_json,
        case
            when events.event_type not in ('OPEN', 'CLICK') then null
            when events.is_filtered then 'flagged_by_vendor'
            when bursts.event_id is not null then 'all_links_burst'
            when events.event_type = 'OPEN' and events.is_proxy then 'image_proxy'
            when events.event_type = 'OPEN' and events.after_send_s <= rules.open_within_s then 'seconds_after_send'
            when events.event_type = 'CLICK' and events.after_send_s <= rules.click_within_s then 'seconds_after_send'
        end as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        events._day,
        events.happened_at as ts
    from events
    cross join rules
    left join bursts on events.event_id = bursts.event_id

)

select * from final
