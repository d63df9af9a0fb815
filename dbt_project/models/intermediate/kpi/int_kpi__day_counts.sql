with

customers as (

    select
        customer_id,
        b2b_b2c
    from {{ ref('int_customer__customers') }}

),

days as (

    select
        customers.b2b_b2c as segment,
        days.activity_date as kpi_date,
        sum(case when days.is_active then 1 else 0 end) as active_1d,
        sum(days.n_likes) as n_likes,
        sum(days.n_comments) as n_comments,
        sum(days.n_shares) as n_shares,
        sum(days.n_mentions) as n_mentions
    from {{ ref('int_day__customer_days') }} as days
    inner join customers on days.customer_id = customers.customer_id
    group by customers.b2b_b2c, days.activity_date

),

final as (

    select * from days
    union all
    select
        'all' as segment,
        kpi_date,
        sum(active_1d) as active_1d,
        sum(n_likes) as n_likes,
        sum(n_comments) as n_comments,
        sum(n_shares) as n_shares,
        sum(n_mentions) as n_mentions
    from days
    group by kpi_date

)

select * from final
