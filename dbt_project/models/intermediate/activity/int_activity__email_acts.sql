{{ config(materialized='view') }}

with

-- when a message reached its reader, where Klaviyo says so on the same day: no other day has to be read for it
received as (

    select
        message_id,
        profile_id,
        _day,
        min(happened_at) as delivered_at
    from {{ ref('int_activity__klaviyo_events') }}
    where metric = 'Received Email'
    group by message_id, profile_id, _day

),

mailchimp as (

    select
        acts.source_record_id,
        acts.campaign_id as message_id,
        acts.member_id as reader_id,
        acts.vendor_action as kind,
        acts.url,
        'ip' as told_by,
        acts.machine_agent,
        false as is_flagged,
        false as is_privacy_open,
        acts._day,
        campaigns.sent_at as delivered_at,
        acts.acted_at
    from {{ ref('int_activity__campaign_acts') }} as acts
    left join {{ ref('stg_mailchimp__campaigns') }} as campaigns on acts.campaign_id = campaigns.campaign_id
    where acts.vendor_action in ('open', 'click')

),

klaviyo as (

    select
        concat('klaviyo/events/', events.event_id) as source_record_id,
        events.message_id,
        events.profile_id as reader_id,
        case when events.metric = 'Opened Email' then 'open' else 'click' end as kind,
        events.url,
        cast(null as {{ dbt.type_string() }}) as told_by,
        cast(null as {{ dbt.type_string() }}) as machine_agent,
        coalesce(events.is_bot_click, false) or coalesce(events.is_machine_open, false) as is_flagged,
        coalesce(events.is_apple_privacy_open, false) as is_privacy_open,
        events._day,
        coalesce(received.delivered_at, campaigns.sent_at) as delivered_at,
        events.happened_at as acted_at
    from {{ ref('int_activity__klaviyo_events') }} as events
    left join received
        on
            events.message_id = received.message_id
            and events.profile_id = received.profile_id
            and events._day = received._day
    left join {{ ref('stg_klaviyo__campaigns') }} as campaigns on events.message_id = campaigns.campaign_id
    where events.metric in ('Opened Email', 'Clicked Email')

),

hubspot as (

    select
        {{ hubspot_event_id() }} as source_record_id,
        campaign_id as message_id,
        recipient_digest as reader_id,
        lower(event_type) as kind,
        url,
        'user_agent' as told_by,
        machine_agent,
        is_filtered as is_flagged,
        false as is_privacy_open,
        _day,
        sent_at as delivered_at,
        happened_at as acted_at
    from {{ ref('stg_hubspot__email_events') }}
    where event_type in ('OPEN', 'CLICK')

),

final as (

    select * from mailchimp
    union all
    select * from klaviyo
    union all
    select * from hubspot

)

select * from final
