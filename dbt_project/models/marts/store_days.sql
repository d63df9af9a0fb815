with

orders as (

    select
        orders.*,
        coalesce(orders.store_id, 'unknown') as store,
        assists.has_digital_assist
    from {{ ref('int_order__orders') }} as orders
    left join {{ ref('int_order__digital_assists') }} as assists on orders.order_id = assists.order_id
    where orders.medium = 'offline' and orders.is_purchase

),

-- a store that never named anybody does not say who assisted
firsts as (

    select
        store,
        min(ordered_date) as first_date
    from orders
    where associate_id is not null
    group by store

),

counted as (

    select
        orders.store,
        count(*) as n_orders,
        case when max(firsts.first_date) <= orders.ordered_date then count(orders.associate_id) end
            as n_orders_assisted,
        count(orders.has_digital_assist) as n_orders_followed,
        sum(case when orders.has_digital_assist then 1 when not orders.has_digital_assist then 0 end)
            as n_orders_digitally_assisted,
        orders.ordered_date
    from orders
    left join firsts on orders.store = firsts.store
    group by orders.store, orders.ordered_date

),

final as (

    select
        store as store_id,
        n_orders,
        n_orders_assisted,
        {{ share('n_orders_assisted', 'n_orders') }} as associate_assisted_rate,
        n_orders_followed,
        cast(n_orders_digitally_assisted as bigint) as n_orders_digitally_assisted,
        {{ share('n_orders_digitally_assisted', 'n_orders_followed') }} as digital_assist_rate,
        ordered_date
    from counted

)

select * from final
