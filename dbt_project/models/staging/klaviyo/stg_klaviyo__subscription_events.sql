with

wanted as (

    select
        metric_id,
        max(name) as metric
    from {{ source('klaviyo', 'metrics') }}
    where
        name in (
            'Subscribed to Email Marketing',
            'Unsubscribed from Email Marketing',
            'Unsubscribed',
            'Marked Email as Spam',
            'Subscribed to SMS Marketing',
            'Unsubscribed from SMS Marketing'
        )
    group by metric_id

),

statements as (

    select
        events.*,
        wanted.metric
    from {{ source('klaviyo', 'events') }} as events
    inner join wanted on events.metric_id = wanted.metric_id

),

latest as (

    {{ latest_statement('statements', ['event_id']) }}

),

final as (

    select
        event_id,
        profile_id,
        metric,
        {{ utc('happened_at') }} as happened_at,
        day as _day
    from latest

)

select * from final
