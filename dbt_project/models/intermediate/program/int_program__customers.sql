-- Whoever is a member, was issued or redeemed a coupon, or did something for a reward within the window.
with

settings as (

    select * from {{ ref('program_settings') }}

),

coupons as (

    select
        customer_id,
        count(*) as n_coupons_issued,
        count(redeemed_at) as n_coupons_redeemed
    from {{ ref('int_program__coupons') }}
    where customer_id is not null and issued_at is not null
    group by customer_id

),

rewarded as (

    select
        days.customer_id,
        sum(days.n_incentivised) as n_incentivised_activities
    from {{ ref('int_program__incentivised_days') }} as days
    cross join settings
    where {{ is_within('days.activity_date', 'settings.window_in_days') }}
    group by days.customer_id

),

active as (

    select
        days.customer_id,
        sum(days.n_activities) as n_activities
    from {{ ref('int_day__customer_days') }} as days
    cross join settings
    where {{ is_within('days.activity_date', 'settings.window_in_days') }}
    group by days.customer_id

),

everybody as (

    select customer_id from {{ ref('int_program__members') }}
    where customer_id is not null
    union
    select customer_id from coupons
    union
    select redeemer_customer_id as customer_id from {{ ref('int_program__coupons') }}
    where redeemer_customer_id is not null and redeemed_at is not null
    union
    select customer_id from rewarded

),

final as (

    select
        everybody.customer_id,
        coalesce(coupons.n_coupons_issued, 0) as n_coupons_issued,
        coalesce(coupons.n_coupons_redeemed, 0) as n_coupons_redeemed,
        coalesce(rewarded.n_incentivised_activities, 0) as n_incentivised_activities,
        coalesce(active.n_activities, 0) as n_activities
    from everybody
    left join coupons on everybody.customer_id = coupons.customer_id
    left join rewarded on everybody.customer_id = rewarded.customer_id
    left join active on everybody.customer_id = active.customer_id

)

select * from final
