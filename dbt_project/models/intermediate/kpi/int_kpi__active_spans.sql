-- From an active day to the next one, for each customer: what the trailing windows are counted from without counting
-- anyone twice.
with

days as (

    select
        customer_id,
        activity_date,
        n_activities,
        n_purchases
    from {{ ref('int_day__customer_days') }}
    where is_active and activity_date < {{ as_of() }}

),

customers as (

    select
        customer_id,
        b2b_b2c
    from {{ ref('int_customer__customers') }}

),

orders as (

    select
        customer_id,
        min(ordered_date) as first_order_date
    from {{ ref('int_order__orders') }}
    where customer_id is not null and is_purchase
    group by customer_id

),

final as (

    select
        days.customer_id,
        customers.b2b_b2c,
        days.n_activities,
        days.n_purchases,
        orders.first_order_date,
        days.activity_date,
        lead(days.activity_date) over (partition by days.customer_id order by days.activity_date) as next_date
    from days
    inner join customers on days.customer_id = customers.customer_id
    left join orders on days.customer_id = orders.customer_id

)

select * from final
