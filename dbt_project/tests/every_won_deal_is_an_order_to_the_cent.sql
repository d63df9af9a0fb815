with

deals as (

    select
        count(*) as n_orders,
        coalesce(sum(net_sales), 0) as net_sales
    from {{ ref('int_order__won_deals') }}

),

orders as (

    select
        count(*) as n_orders,
        coalesce(sum(net_sales), 0) as net_sales
    from {{ ref('orders') }}
    where order_id like 'hubspot/deals/%'

)

select deals.n_orders
from deals
cross join orders
where deals.n_orders <> orders.n_orders or deals.net_sales <> orders.net_sales
