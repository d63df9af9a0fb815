-- What was predicted of each customer at the end before, what came, and what would have come at the pace until then.
with

settings as (

    select * from {{ ref('value_settings') }}

),

predictions as (

    select predictions.*
    from {{ ref('int_value__predictions') }} as predictions
    inner join {{ ref('int_value__dates') }} as dates on predictions.end_date = dates.end_date
    where not dates.is_now

),

came as (

    select
        order_days.customer_id,
        count(*) as n_orders,
        sum(order_days.net_sales) as net_sales
    from {{ ref('int_value__order_days') }} as order_days
    inner join {{ ref('int_value__dates') }} as dates on order_days.ordered_date >= dates.end_date
    where not dates.is_now
    group by order_days.customer_id

),

final as (

    select
        predictions.customer_id,
        predictions.end_date,
        summaries.b2b_b2c,
        predictions.parameters,
        summaries.frequency,
        cast(predictions.expected_orders_holdout as decimal(18, 6)) as expected_orders,
        cast(predictions.expected_orders_holdout * predictions.expected_order_value as decimal(18, 6))
            as expected_sales,
        cast({{ share('summaries.frequency * settings.holdout_in_days', 'summaries.t') }} as decimal(18, 6))
            as orders_at_former_pace,
        coalesce(came.n_orders, 0) as actual_orders,
        cast(coalesce(came.net_sales, 0) as decimal(18, 4)) as actual_sales
    from predictions
    cross join settings
    inner join {{ ref('int_value__summaries') }} as summaries
        on predictions.customer_id = summaries.customer_id and predictions.end_date = summaries.end_date
    left join came on predictions.customer_id = came.customer_id

)

select * from final
