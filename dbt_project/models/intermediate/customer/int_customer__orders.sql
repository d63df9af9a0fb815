-- What was given back is money that was not spent, and no order.
with

orders as (

    select * from {{ ref('int_order__orders') }}
    where customer_id is not null

),

totals as (

    select
        customer_id,
        count(case when is_purchase then 1 end) as lifetime_count_orders,
        sum(net_sales) as lifetime_total_spent,
        min(case when is_purchase then ordered_at end) as first_order_at,
        max(case when is_purchase then ordered_at end) as last_order_at,
        {{ dbt.datediff('max(case when is_purchase then ordered_date end)', as_of(), 'day') }} - 1 as recency_in_days,
        count(
            case when is_purchase and ordered_date >= cast({{ dbt.dateadd('day', -90, as_of()) }} as date) then 1 end
        ) as n_orders_90d
    from orders
    group by customer_id

),

-- thresholds instead of ntile: customers alike get the same fifth
fifths as (

    select
        {{ fifths('-recency_in_days') }} as recency,
        {{ fifths('lifetime_count_orders') }} as frequency,
        {{ fifths('lifetime_total_spent') }} as monetary
    from totals
    where lifetime_count_orders > 0

),

final as (

    select
        totals.*,
        {% for score, value, bounds in [
            ('r_score', '-totals.recency_in_days', 'recency'),
            ('f_score', 'totals.lifetime_count_orders', 'frequency'),
            ('m_score', 'totals.lifetime_total_spent', 'monetary')
        ] %}
        case when totals.lifetime_count_orders > 0 then 1 end
        {% for n in range(1, 5) %}
        + case when {{ value }} > fifths.{{ bounds }}[{{ n }}] then 1 else 0 end
        {% endfor %}
            as {{ score }}{{ ',' if not loop.last }}
    {% endfor %}
    from totals
    cross join fifths

)

select * from final
