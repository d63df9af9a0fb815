with

wanted as (

    select
        metric_id,
        max(name) as metric
    from {{ source('klaviyo', 'metrics') }}
    where
        name in (
            'Placed Order', 'Cancelled Order', 'Refunded Order'
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
        coalesce(order_number, source_event_id) as order_number,
        currency,
        value,
        item_count,
        {{ utc('happened_at') }} as happened_at,
        day as _day
    from latest

)

select * from final
