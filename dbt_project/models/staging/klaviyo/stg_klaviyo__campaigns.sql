with

statements as (

    {% for entity, channel in [
        ('email_campaigns', 'email'), ('email_campaigns_archived', 'email'), ('sms_campaigns', 'sms'),
        ('sms_campaigns_archived', 'sms'), ('push_campaigns', 'push'), ('push_campaigns_archived', 'push')
    ] %}
    select
        campaign_id,
        name,
        status,
        '{{ channel }}' as channel,
        is_archived,
        {{ 'is_tracking_opens' if channel == 'email' else 'cast(null as boolean)' }} as is_tracking_opens,
        {{ 'is_tracking_clicks' if channel == 'email' else 'cast(null as boolean)' }} as is_tracking_clicks,
        created_at,
        updated_at,
        sent_at,
        _seq,
        day
    from {{ source('klaviyo', entity) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

latest as (

    {{ latest_statement('statements', ['campaign_id'], 'updated_at') }}

),

final as (

    select
        campaign_id,
        name,
        status,
        channel,
        is_archived,
        is_tracking_opens,
        is_tracking_clicks,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        {{ utc('sent_at') }} as sent_at,
        day as _day
    from latest

)

select * from final
