with

counted as (

    select
        count(*) as n_orders,
        coalesce(sum(net_sales), 0) as net_sales
    from {{ ref('int_order__counted') }}

),

orders as (

    select
        count(*) as n_orders,
        coalesce(sum(net_sales), 0) as net_sales
    from {{ ref('orders') }}

)

select counted.n_orders
from counted
cross join orders
where counted.n_orders <> orders.n_orders or counted.net_sales <> orders.net_sales
