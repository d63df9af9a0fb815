{{ config(materialized='view_of_a_build') }}

with

events as (

    select * from {{ ref('int_activity__events') }}
    where
        source_system in ('mailchimp', 'klaviyo', 'hubspot')
        and campaign_id is not null
        and {{ is_affected(
            {'campaign_id': 'campaign_id', 'identifier_value': 'member_id'},
            ref('int_activity__affected')
        ) }}

),

judged as (

    select
        events.*,
        reasons.certainty
    from events
    left join {{ ref('machine_reasons') }} as reasons on events.machine_reason = reasons.machine_reason

),

final as (

    select
        campaign_id,
        identifier_value as member_id,
        max(case when activity = 'was_sent_email' then customer_id end) as customer_id,
        max(case when activity = 'was_sent_email' then anonymous_customer_id end) as anonymous_customer_id,
        {{ last_by('machine_reason', 'certainty') }} as machine_reason,
        sum(case when activity = 'was_sent_email' then 1 else 0 end) as n_sent,
        sum(case when activity = 'had_email_bounce' then 1 else 0 end) as n_bounces,
        sum(case when activity = 'opened_email' then 1 else 0 end) as n_opens,
        sum(case when activity = 'clicked_email' then 1 else 0 end) as n_clicks,
        sum(case when activity = 'opened_email' and machine_reason is null then 1 else 0 end) as n_opens_human,
        sum(case when activity = 'clicked_email' and machine_reason is null then 1 else 0 end) as n_clicks_human,
        min(case when activity = 'was_sent_email' then ts end) as sent_at,
        min(case when activity = 'opened_email' then ts end) as first_any_open_timestamp,
        min(case when activity = 'clicked_email' then ts end) as first_any_click_timestamp,
        min(case when activity = 'opened_email' and machine_reason is null then ts end) as first_open_timestamp,
        min(case when activity = 'clicked_email' and machine_reason is null then ts end) as first_click_timestamp,
        min(case when activity = 'unsubscribed' then ts end) as unsubscribed_at
    from judged
    group by campaign_id, identifier_value

)

select * from final
where n_sent > 0
