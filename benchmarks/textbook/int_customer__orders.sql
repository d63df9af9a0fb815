-- Recency, frequency and money as fifths by ntile.
with

totals as (

    select
        customer_id,
        count(*) as lifetime_count_orders,
        sum(net_sales) as lifetime_total_spent,
        min(ordered_at) as first_order_at,
        max(ordered_at) as last_order_at,
        date '{as_of}' - max(ordered_date) - 1 as recency_in_days,
        count(*) filter (where ordered_date >= date '{as_of}' - 90) as n_orders_90d
    from marts.orders
    where customer_id is not null
    group by all

)

select
    *,
    ntile(5) over (order by recency_in_days desc) as r_score,
    ntile(5) over (order by lifetime_count_orders) as f_score,
    ntile(5) over (order by lifetime_total_spent) as m_score
from totals
