with

statements as (

    select * from {{ source('mailchimp', 'campaigns') }}

),

latest as (

    {{ latest_statement('statements', ['campaign_id']) }}

),

final as (

    select
        campaign_id,
        list_id,
        campaign_type,
        status,
        title,
        subject,
        emails_sent,
        is_tracking_opens,
        is_tracking_clicks,
        {{ utc('created_at') }} as created_at,
        {{ utc('sent_at') }} as sent_at,
        day as _day
    from latest

)

select * from final
