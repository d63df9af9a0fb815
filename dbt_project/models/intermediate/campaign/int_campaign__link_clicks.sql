-- Who clicked which link of a campaign, of those whom its email reached with clicks tracked.
with

clicks as (

    select
        {{ email_send_id('campaign_id', 'identifier_value') }} as email_send_id,
        content_id,
        max(case when machine_reason is null then 1 else 0 end) as is_human
    from {{ ref('int_activity__events') }}
    where activity = 'clicked_email' and campaign_id is not null and content_id <> ''
    group by {{ email_send_id('campaign_id', 'identifier_value') }}, content_id

),

sends as (

    select
        email_send_id,
        campaign_id,
        coalesce(customer_id, anonymous_customer_id, email_send_id) as person_id
    from {{ ref('int_campaign__email_sends') }}
    where was_delivered and is_tracked

),

final as (

    select
        sends.campaign_id,
        clicks.content_id,
        sends.person_id,
        max(clicks.is_human) as is_human
    from clicks
    inner join sends on clicks.email_send_id = sends.email_send_id
    group by sends.campaign_id, clicks.content_id, sends.person_id

)

select * from final
