with

customers as (

    select
        customer_id,
        b2b_b2c
    from {{ ref('int_customer__customers') }}

),

segmented as (

    select
        coalesce(customers.b2b_b2c, 'unknown') as segment,
        sum(case when sends.was_delivered and sends.is_tracked then 1 else 0 end) as n_tracked_delivered,
        sum(case when sends.was_delivered and sends.is_tracked and sends.was_clicked then 1 else 0 end) as n_clicked,
        sum(case when sends.was_delivered and sends.is_tracked and sends.was_clicked_human then 1 else 0 end)
            as n_clicked_human,
        sends.sent_date as kpi_date
    from {{ ref('int_campaign__email_sends') }} as sends
    left join customers on sends.customer_id = customers.customer_id
    group by coalesce(customers.b2b_b2c, 'unknown'), sends.sent_date

),

final as (

    select * from segmented
    union all
    select
        'all' as segment,
        sum(n_tracked_delivered) as n_tracked_delivered,
        sum(n_clicked) as n_clicked,
        sum(n_clicked_human) as n_clicked_human,
        kpi_date
    from segmented
    group by kpi_date

)

select * from final
