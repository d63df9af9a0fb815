{{ config(materialized='view_of_a_build') }}

{% set members = [
    ('sends', 'sent_at', 'true'), ('delivered', 'sent_at', 'was_delivered'),
    ('tracked_delivered', 'sent_at', 'was_delivered and is_tracked'), ('bounced', 'sent_at', 'was_bounced'),
    ('opened', 'first_any_open_timestamp', 'was_opened'), ('opened_human', 'first_open_timestamp', 'was_opened_human'),
    ('clicked', 'first_any_click_timestamp', 'was_clicked'),
    ('clicked_human', 'first_click_timestamp', 'was_clicked_human'),
    ('unsubscribed', 'unsubscribed_at', 'was_unsubscribed')
] %}
{% set people = ['tracked_delivered', 'opened', 'opened_human', 'clicked', 'clicked_human'] %}

with

sends as (

    select
        *,
        coalesce(customer_id, anonymous_customer_id, email_send_id) as person_id
    from {{ ref('int_campaign__email_sends') }}
    where {{ is_affected({'campaign_id': 'campaign_id'}, ref('int_campaign__affected_sends')) }}

),

-- one person may stand on a list with several addresses; whoever clicked has opened
people as (

    select
        campaign_id,
        person_id,
        min(sent_at) as tracked_delivered_at,
        min(case when was_opened is not null then least(first_any_open_timestamp, first_any_click_timestamp) end)
            as opened_at,
        min(case when was_opened_human is not null then least(first_open_timestamp, first_click_timestamp) end)
            as opened_human_at,
        min(first_any_click_timestamp) as clicked_at,
        min(first_click_timestamp) as clicked_human_at
    from sends
    where was_delivered and is_tracked
    group by campaign_id, person_id

),

final as (

    {% for name, at, condition in members %}
    select
        campaign_id,
        '{{ name }}' as what,
        cast({{ at }} as date) as activity_date,
        count(*) as n
    from sends
    where {{ condition }} and {{ at }} is not null
    group by campaign_id, cast({{ at }} as date)
    union all
    {% endfor %}
    {% for name in people %}
    select
        campaign_id,
        'people_{{ name }}' as what,
        cast({{ name }}_at as date) as activity_date,
        count(*) as n
    from people
    where {{ name }}_at is not null
    group by campaign_id, cast({{ name }}_at as date)
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
