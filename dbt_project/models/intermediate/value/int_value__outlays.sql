{{ config(materialized='view') }}

-- What was spent on a customer: the value of each coupon handed in, and of each campaign an equal part per recipient.
with

redeemed as (

    select
        events.customer_id,
        'incentive' as kind,
        cast(coupons.value as decimal(18, 6)) as amount,
        events.activity_date as spent_date
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('stg_files__coupons_issued') }} as coupons
        on events.thread_id = concat('coupon/', coupons.coupon_id)
    where events.activity = 'redeemed_coupon'

),

-- a cost that does not say for how many is parted among all whom the campaign was sent to
sent as (

    select
        sends.customer_id,
        'campaign' as kind,
        cast(
            costs.cost / coalesce(nullif(costs.recipient_count, 0), count(*) over (partition by sends.campaign_id))
            as decimal(18, 6)
        ) as amount,
        sends.sent_date as spent_date
    from {{ ref('int_campaign__email_sends') }} as sends
    inner join {{ ref('int_campaign__costs') }} as costs on sends.campaign_id = costs.campaign_id
    where costs.cost is not null

),

final as (

    select * from redeemed
    union all
    select * from sent

)

select * from final
