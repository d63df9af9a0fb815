with

campaigns as (

    select
        campaign_id,
        list_id,
        subject,
        title,
        is_tracking_opens,
        is_tracking_clicks,
        sent_at
    from {{ ref('stg_mailchimp__campaigns') }}
    union all
    select
        campaign_id,
        cast(null as {{ dbt.type_string() }}) as list_id,
        subject,
        name as title,
        true as is_tracking_opens,
        true as is_tracking_clicks,
        published_at as sent_at
    from {{ ref('stg_hubspot__marketing_emails') }}
    where campaign_id is not null
    union all
    select
        campaign_id,
        cast(null as {{ dbt.type_string() }}) as list_id,
        cast(null as {{ dbt.type_string() }}) as subject,
        name as title,
        is_tracking_opens,
        is_tracking_clicks,
        sent_at
    from {{ ref('stg_klaviyo__campaigns') }}

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
