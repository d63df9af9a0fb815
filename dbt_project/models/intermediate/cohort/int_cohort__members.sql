-- The month that a customer first bought in, which is the cohort that they stay in.
with

firsts as (

    select
        customer_id,
        cast({{ dbt.date_trunc('month', 'min(ordered_date)') }} as date) as cohort_month
    from {{ ref('int_order__orders') }}
    where customer_id is not null and is_purchase and ordered_date < {{ as_of() }}
    group by customer_id

),

final as (

    select
        firsts.customer_id,
        customers.b2b_b2c,
        firsts.cohort_month
    from firsts
    inner join {{ ref('int_customer__customers') }} as customers on firsts.customer_id = customers.customer_id

)

select * from final
