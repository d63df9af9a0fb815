{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('hubspot', 'email_events') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['event_id', 'happened_at']) }}

),

final as (

    select
        event_id,
        sent_event_id,
        campaign_id,
        event_type,
        recipient_digest,
        url,
        device_type,
        bounce_category,
        drop_reason,
        portal_status,
        {{ machine_agent('user_agent', 'latest.user_agent') }} as machine_agent,
        coalesce(is_filtered, false) as is_filtered,
        coalesce(portal_status = 'UNSUBSCRIBED', false)
        or exists (
            select 1
            from (select {{ each_item('latest.subscriptions') }} as subscription) as subscriptions
            where subscriptions.subscription.status = 'UNSUBSCRIBED'
        ) as is_unsubscribe,
        {{ utc('happened_at') }} as happened_at,
        {{ utc('sent_at') }} as sent_at,
        day as _day
    from latest
    where obsoleted_by_event_id is null

)

select * from final
