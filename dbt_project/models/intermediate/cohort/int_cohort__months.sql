-- What the members of a cohort did in each month: whether they were there, and what they bought.
with

members as (

    select * from {{ ref('int_cohort__members') }}

),

done as (

    select
        customer_id,
        cast({{ dbt.date_trunc('month', 'activity_date') }} as date) as activity_month,
        0 as n_orders,
        cast(0 as decimal(18, 4)) as revenue
    from {{ ref('int_day__customer_days') }}
    where is_active
    union all
    select
        customer_id,
        cast({{ dbt.date_trunc('month', 'ordered_date') }} as date) as activity_month,
        case when is_purchase then 1 else 0 end as n_orders,
        net_sales as revenue
    from {{ ref('int_order__orders') }}
    where customer_id is not null

),

monthly as (

    select
        members.customer_id,
        members.b2b_b2c,
        members.cohort_month,
        {{ dbt.datediff('members.cohort_month', 'done.activity_month', 'month') }} as cohort_month_number,
        sum(done.n_orders) as n_orders,
        sum(done.revenue) as revenue
    from members
    inner join done on members.customer_id = done.customer_id and members.cohort_month <= done.activity_month
    where {{ dbt.dateadd('month', 1, 'done.activity_month') }} <= {{ as_of() }}
    group by members.customer_id, members.b2b_b2c, members.cohort_month, done.activity_month

),

final as (

    select
        *,
        max(cohort_month_number) over (partition by customer_id) as last_month_number
    from monthly

)

select * from final
