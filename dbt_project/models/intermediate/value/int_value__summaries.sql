-- Buying as the models of buying till one dies take it: frequency, recency, T (in days) and monetary value.
with

order_days as (

    select
        order_days.*,
        customers.b2b_b2c,
        dates.end_date,
        dates.is_now,
        min(order_days.ordered_date) over (partition by order_days.customer_id) as first_date
    from {{ ref('int_value__order_days') }} as order_days
    inner join {{ ref('int_value__dates') }} as dates on order_days.ordered_date < dates.end_date
    inner join {{ ref('int_customer__customers') }} as customers on order_days.customer_id = customers.customer_id

),

final as (

    select
        customer_id,
        b2b_b2c,
        end_date,
        is_now,
        count(*) - 1 as frequency,
        {{ dbt.datediff('first_date', 'max(ordered_date)', 'day') }} as recency,
        {{ dbt.datediff('first_date', 'end_date', 'day') }} - 1 as t,
        coalesce(
            {{ share(
                'sum(case when ordered_date > first_date and net_sales > 0 then net_sales end)',
                'count(case when ordered_date > first_date and net_sales > 0 then 1 end)'
            ) }}, 0
        ) as monetary_value
    from order_days
    group by customer_id, b2b_b2c, end_date, is_now, first_date

)

select * from final
