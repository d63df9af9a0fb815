{{ config(materialized='view') }}

with

-- orders are acts where Klaviyo speaks for them: int_activity__klaviyo_orders
events as (

    select * from {{ ref('int_activity__klaviyo_events') }}
    where metric <> 'Placed Order'

),

campaigns as (

    select * from {{ ref('stg_klaviyo__campaigns') }}

),

-- received means delivered: what bounced was sent, too
parts as (

    select
        '1' as part_id,
        false as is_send_of_bounce
    union all
    select
        'sent' as part_id,
        true as is_send_of_bounce

),

final as (

    select
        events.event_id,
        parts.part_id,
        events.profile_id,
        case when events.flow_id is null then events.message_id end as campaign_id,
        events.metric,
        case
            when parts.is_send_of_bounce then replace(events.vendor_action, 'Bounced', 'Received')
            else events.vendor_action
        end as vendor_action,
        events.order_number,
        events.product_id,
        events.url,
        events.bounce_type,
        events._day,
        case
            when parts.is_send_of_bounce then coalesce(campaigns.sent_at, events.happened_at)
            else events.happened_at
        end as ts
    from events
    inner join parts on events.metric = 'Bounced Email' or not parts.is_send_of_bounce
    left join campaigns on events.message_id = campaigns.campaign_id

)

select * from final
