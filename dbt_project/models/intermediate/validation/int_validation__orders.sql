-- What a customer had bought by each Monday, and not a day later, with RFM in fifths of that day's customers.
with

bought as (

    select
        observations.customer_id,
        observations.observed_on,
        count(*) as n_orders,
        sum(orders.net_sales) as spent,
        max(orders.ordered_date) as last_order_on
    from {{ ref('int_validation__observations') }} as observations
    inner join {{ ref('int_order__orders') }} as orders
        on
            observations.customer_id = orders.customer_id
            and observations.observed_on > orders.ordered_date
            and orders.is_purchase
    group by observations.customer_id, observations.observed_on

),

final as (

    select
        customer_id,
        observed_on,
        n_orders,
        100 * ceiling(5 * {{ place_of('last_order_on', 'observed_on') }})
        + 10 * ceiling(5 * {{ place_of('n_orders', 'observed_on') }})
        + ceiling(5 * {{ place_of('spent', 'observed_on') }}) as rfm
    from bought

)

select * from final
