with

statements as (

    select * from {{ source('mailchimp', 'reports') }}

),

latest as (

    {{ latest_statement('statements', ['campaign_id']) }}

),

final as (

    select
        campaign_id,
        list_id,
        emails_sent,
        abuse_reports,
        unsubscribed,
        hard_bounces,
        soft_bounces,
        opens_total,
        unique_opens,
        clicks_total,
        unique_clicks,
        {{ utc('sent_at') }} as sent_at,
        {{ utc('last_open_at') }} as last_open_at,
        {{ utc('last_click_at') }} as last_click_at,
        day as _day
    from latest

)

select * from final
