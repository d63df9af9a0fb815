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

campaigns as (

    select
        campaign_id,
        sum(amount) as amount,
        max(recipient_count) as recipient_count
    from {{ ref('stg_files__campaign_costs') }}
    group by campaign_id

),

sent as (

    select
        sends.customer_id,
        'campaign' as kind,
        cast(campaigns.amount / nullif(campaigns.recipient_count, 0) as decimal(18, 6)) as amount,
        sends.sent_date as spent_date
    from {{ ref('int_campaign__email_sends') }} as sends
    inner join campaigns on sends.campaign_id = campaigns.campaign_id

),

final as (

    select * from redeemed
    union all
    select * from sent

)

select * from final
