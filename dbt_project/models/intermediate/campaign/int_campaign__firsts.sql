{{ config(materialized='view') }}

with

sends as (

    select * from {{ ref('int_campaign__email_sends') }}
    where {{ is_affected({'campaign_id': 'campaign_id'}, ref('int_campaign__affected_sends')) }}

),

{% for name, at, condition in [
    ('sends', 'sent_at', 'true'), ('delivered', 'sent_at', 'was_delivered'),
    ('tracked_delivered', 'sent_at', 'was_delivered and is_tracked'), ('bounced', 'sent_at', 'was_bounced'),
    ('opened', 'first_any_open_timestamp', 'was_opened'), ('opened_human', 'first_open_timestamp', 'was_opened_human'),
    ('clicked', 'first_any_click_timestamp', 'was_clicked'),
    ('clicked_human', 'first_click_timestamp', 'was_clicked_human'),
    ('unsubscribed', 'unsubscribed_at', 'was_unsubscribed')
] %}
{{ 'at_' ~ name }} as (

    select
        campaign_id,
        '{{ name }}' as what,
        cast({{ at }} as date) as activity_date,
        count(*) as n
    from sends
    where {{ condition }} and {{ at }} is not null
    group by campaign_id, cast({{ at }} as date)

),
{% endfor %}

final as (

    {% for name in [
        'sends', 'delivered', 'tracked_delivered', 'bounced', 'opened', 'opened_human', 'clicked', 'clicked_human',
        'unsubscribed'
    ] %}
    select * from {{ 'at_' ~ name }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from final
