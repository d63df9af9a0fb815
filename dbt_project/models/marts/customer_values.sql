with

settings as (

    select * from {{ ref('value_settings') }}

),

orders as (

    select
        customer_id,
        sum(net_sales) as net_sales,
        min(ordered_date) as first_order_date
    from {{ ref('int_order__orders') }}
    where ordered_date < {{ as_of() }}
    group by customer_id

),

summaries as (

    select * from {{ ref('int_value__summaries') }}
    where is_now

),

predictions as (

    select predictions.*
    from {{ ref('int_value__predictions') }} as predictions
    inner join {{ ref('int_value__dates') }} as dates on predictions.end_date = dates.end_date
    where dates.is_now

),

final as (

    select
        customers.customer_id,
        case when settings.gross_margin_share is null then 'revenue' else 'margin' end as clv_basis,
        cast(summaries.frequency as {{ dbt.type_int() }}) as frequency,
        cast(summaries.recency as {{ dbt.type_int() }}) as recency,
        cast(summaries.t as {{ dbt.type_int() }}) as t,
        summaries.monetary_value,
        {{ dbt.datediff(
            'least(activity.first_active_date, orders.first_order_date, cast(customers.relationship_started_at as date))',
            as_of(), 'day'
        ) }} as lifetime_days,
        cast(coalesce(orders.net_sales, 0) * coalesce(settings.gross_margin_share, 1) as decimal(18, 4))
            as clv_historic,
        predictions.p_alive,
        predictions.expected_orders_90d,
        predictions.expected_orders_365d as expected_remaining,
        predictions.expected_order_value,
        round(
            predictions.expected_orders_90d * predictions.expected_order_value
            * cast(coalesce(settings.gross_margin_share, 1) as double), 4
        ) as clv_predicted_90d,
        round(
            predictions.expected_orders_365d * predictions.expected_order_value
            * cast(coalesce(settings.gross_margin_share, 1) as double), 4
        ) as clv_predicted_365d,
        coalesce(contributions.net_sales_12m, 0) as net_sales_12m,
        coalesce(contributions.incentive_cost_12m, 0) as incentive_cost_12m,
        coalesce(contributions.campaign_cost_12m, 0) as campaign_cost_12m,
        {{ whole('contributions.n_inquiries_12m') }} as n_inquiries_12m,
        cast(
            coalesce(contributions.net_sales_12m, 0) * settings.gross_margin_share
            - coalesce(contributions.incentive_cost_12m, 0)
            - coalesce(contributions.campaign_cost_12m, 0)
            - coalesce(contributions.n_inquiries_12m, 0) * settings.cost_per_inquiry as decimal(18, 4)
        ) as contribution_12m,
        {{ as_of() }} as as_of_date
    from {{ ref('int_customer__customers') }} as customers
    cross join settings
    left join {{ ref('int_customer__activity') }} as activity on customers.customer_id = activity.customer_id
    left join orders on customers.customer_id = orders.customer_id
    left join summaries on customers.customer_id = summaries.customer_id
    left join predictions on customers.customer_id = predictions.customer_id
    left join {{ ref('int_value__contributions') }} as contributions
        on customers.customer_id = contributions.customer_id

)

select * from final
