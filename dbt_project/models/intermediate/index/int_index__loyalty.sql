-- What customers say of buying again beside what they do, each as a place among those who were asked.
with

settings as (

    select * from {{ ref('index_settings') }}

),

answers as (

    select
        ratings.customer_id,
        ratings.rating,
        row_number() over (
            partition by ratings.customer_id
            order by ratings.responded_at desc, ratings.response_id desc, ratings.question
        ) as place
    from {{ ref('int_survey__ratings') }} as ratings
    cross join settings
    where
        ratings.survey_type = 'REPURCHASE_INTENT' and ratings.customer_id is not null
        and ratings.responded_at >= {{ dbt.dateadd('day', '-settings.opinion_window_in_days', as_of()) }}

),

bought as (

    select
        orders.customer_id,
        count(*) as n_orders
    from {{ ref('int_order__orders') }} as orders
    cross join settings
    where
        orders.customer_id is not null and orders.is_purchase and orders.ordered_date < {{ as_of() }}
        and orders.ordered_date >= cast({{ dbt.dateadd('day', '-settings.window_in_days', as_of()) }} as date)
    group by orders.customer_id

),

asked as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        answers.rating,
        coalesce(bought.n_orders, 0) as n_orders
    from answers
    inner join {{ ref('int_customer__customers') }} as customers on answers.customer_id = customers.customer_id
    left join bought on answers.customer_id = bought.customer_id
    where answers.place = 1

),

final as (

    select
        customer_id,
        cast(rating as double) as loyalty_intent,
        round(100 * (
            percent_rank() over (partition by b2b_b2c order by rating)
            - percent_rank() over (partition by b2b_b2c order by n_orders)
        ), 9) as attitude_behavior_gap
    from asked

)

select * from final
