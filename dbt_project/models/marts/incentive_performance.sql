with

coupons as (

    select * from {{ ref('int_program__coupons') }}

),

counted as (

    select
        campaign_id,
        discount_code,
        currency,
        count(issued_at) as n_issued,
        sum(case when issued_at is not null and redeemed_at is not null then 1 else 0 end) as n_redeemed,
        sum(case when issued_at is null then 1 else 0 end) as n_redeemed_unissued,
        count(distinct case when was_regular and issued_at is not null then customer_id end) as n_regulars_offered,
        count(distinct case when was_regular and issued_at is not null and redeemed_at is not null then customer_id end)
            as n_regulars_redeeming,
        sum(case when redeemed_at is not null then value else 0 end) as margin_cost,
        sum(case when redeemed_at is not null and was_regular then value else 0 end) as margin_cost_regulars,
        sum(case when redeemed_at is not null and value is null then 1 else 0 end) as n_redeemed_unvalued,
        min(issued_at) as first_issued_at,
        max(issued_at) as last_issued_at
    from coupons
    group by campaign_id, discount_code, currency

),

followed as (

    select
        coupons.campaign_id,
        coupons.discount_code,
        coupons.currency,
        count(*) as n_customers_followed,
        sum(follow_ups.n_activities_before) as n_activities_before,
        sum(follow_ups.n_activities_after) as n_activities_after
    from {{ ref('int_program__follow_ups') }} as follow_ups
    inner join coupons on follow_ups.coupon_id = coupons.coupon_id
    group by coupons.campaign_id, coupons.discount_code, coupons.currency

),

final as (

    select
        counted.campaign_id,
        counted.discount_code,
        counted.currency,
        counted.n_issued,
        {{ whole('counted.n_redeemed') }} as n_redeemed,
        {{ share('counted.n_redeemed', 'counted.n_issued') }} as redemption_rate,
        {{ whole('counted.n_redeemed_unissued') }} as n_redeemed_unissued,
        counted.n_regulars_offered,
        counted.n_regulars_redeeming,
        {{ share('counted.n_regulars_redeeming', 'counted.n_regulars_offered') }} as regulars_redemption_rate,
        cast(counted.margin_cost as decimal(18, 4)) as margin_cost,
        cast(counted.margin_cost_regulars as decimal(18, 4)) as margin_cost_regulars,
        {{ whole('counted.n_redeemed_unvalued') }} as n_redeemed_unvalued,
        {{ whole('followed.n_customers_followed') }} as n_customers_followed,
        cast(followed.n_activities_before as bigint) as n_activities_before,
        cast(followed.n_activities_after as bigint) as n_activities_after,
        {{ share('followed.n_activities_before', 'followed.n_customers_followed') }} as activities_before_per_customer,
        {{ share('followed.n_activities_after', 'followed.n_customers_followed') }} as activities_after_per_customer,
        counted.first_issued_at,
        counted.last_issued_at
    from counted
    left join followed
        on
            counted.campaign_id = followed.campaign_id
            and counted.discount_code = followed.discount_code
            and counted.currency = followed.currency

)

select * from final
