with

campaigns as (

    select * from {{ ref('stg_mailchimp__campaigns') }}

),

final as (

    select
        campaign_id,
        list_id,
        subject,
        title,
        coalesce(is_tracking_opens, true) as is_tracking_opens,
        coalesce(is_tracking_clicks, true) as is_tracking_clicks,
        sent_at
    from campaigns

)

select * from final
