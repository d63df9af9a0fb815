-- The days on which a customer bought. What only gives money back, or costs nothing, is no purchase; an order whose
-- amount nobody told is one.
with

orders as (

    select
        customer_id,
        ordered_date as purchase_date,
        min(ordered_at) as purchased_at
    from {{ ref('int_order__orders') }}
    where
        customer_id is not null
        and (net_sales is null or net_sales > 0)
        and ordered_date < {{ as_of() }}
    group by customer_id, ordered_date

),

acts as (

    select
        customer_id,
        activity_id,
        activity_date,
        row_number() over (partition by customer_id, activity_date order by ts, activity_id) as place
    from {{ ref('int_lifecycle__signals') }}
    where signal = 'purchase'

),

final as (

    select
        orders.customer_id,
        acts.activity_id,
        row_number() over (partition by orders.customer_id order by orders.purchase_date) as purchase_day_number,
        orders.purchase_date,
        orders.purchased_at
    from orders
    left join acts
        on
            orders.customer_id = acts.customer_id
            and orders.purchase_date = acts.activity_date
            and acts.place = 1

)

select * from final
