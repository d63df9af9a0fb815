-- A coupon through all that was said of it: also one that was handed in and, as far as any file says, never issued. Of
-- several redemptions the first counts. A customer is a regular one from the order on that the settings name.
with

statements as (

    select * from {{ ref('int_program__coupon_statements') }}
    where place = 1

),

regulars as (

    select
        orders.customer_id,
        orders.ordered_at as regular_since
    from {{ ref('int_order__orders') }} as orders
    inner join {{ ref('program_settings') }} as settings
        on orders.customer_order_seq_number = settings.regular_from_orders

),

coupons as (

    select
        coupon_id,
        coalesce(max(campaign_id), 'none') as campaign_id,
        coalesce(max(discount_code), 'none') as discount_code,
        coalesce(max(currency), 'none') as currency,
        coalesce(
            max(case when statement = 'issued' then customer_id end), max(customer_id)
        ) as customer_id,
        coalesce(
            max(case when statement = 'redeemed' then customer_id end),
            max(case when statement = 'issued' then customer_id end)
        ) as redeemer_customer_id,
        max(value) as value,
        max(case when statement = 'issued' then happened_at end) as issued_at,
        max(case when statement = 'redeemed' then happened_at end) as redeemed_at
    from statements
    group by coupon_id

),

final as (

    select
        coupons.*,
        coalesce(regulars.regular_since < coalesce(coupons.issued_at, coupons.redeemed_at), false) as was_regular
    from coupons
    left join regulars on coupons.customer_id = regulars.customer_id

)

select * from final
