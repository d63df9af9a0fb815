{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[
        'email_send_id in (select gone.email_send_id from intermediate.int_campaign__affected_sends as gone)'
    ]
) }}

-- depends_on: {{ ref('int_campaign__affected_sends') }}

with

sends as (

    select * from {{ ref('int_campaign__sends') }}

),

campaigns as (

    select * from {{ ref('int_campaign__tracking') }}

),

final as (

    select
        {{ email_send_id('sends.campaign_id', 'sends.member_id') }} as email_send_id,
        sends.campaign_id,
        sends.customer_id,
        case when sends.customer_id is null then sends.anonymous_customer_id end as anonymous_customer_id,
        sends.machine_reason,
        {% for count, act in [
            ('n_opens', 'opens'), ('n_opens_human', 'opens'), ('n_clicks', 'clicks'), ('n_clicks_human', 'clicks')
        ] %}
        cast(case when campaigns.is_tracking_{{ act }} then sends.{{ count }} end as {{ dbt.type_int() }})
            as {{ count }},
        {% endfor %}
        cast(
            ({{ epoch_seconds('sends.first_open_timestamp') }} - {{ epoch_seconds('sends.sent_at') }}) / 60.0 as double
        ) as time_to_open_minutes,
        sends.n_bounces = 0 as was_delivered,
        sends.n_bounces > 0 as was_bounced,
        case when campaigns.is_tracking_opens then sends.n_opens > 0 end as was_opened,
        case when campaigns.is_tracking_opens then sends.n_opens_human > 0 end as was_opened_human,
        case when campaigns.is_tracking_clicks then sends.n_clicks > 0 end as was_clicked,
        case when campaigns.is_tracking_clicks then sends.n_clicks_human > 0 end as was_clicked_human,
        sends.unsubscribed_at is not null as was_unsubscribed,
        coalesce(campaigns.is_tracking_clicks, false) as is_tracked,
        cast(sends.sent_at as date) as sent_date,
        sends.sent_at,
        sends.first_any_open_timestamp,
        sends.first_any_click_timestamp,
        sends.first_open_timestamp,
        sends.first_click_timestamp,
        sends.unsubscribed_at
    from sends
    left join campaigns on sends.campaign_id = campaigns.campaign_id

)

select * from final
