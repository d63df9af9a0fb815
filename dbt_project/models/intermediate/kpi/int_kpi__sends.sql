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
        sends.*
    from {{ ref('int_campaign__email_sends') }} as sends
    left join customers on sends.customer_id = customers.customer_id
    union all
    select
        'all' as segment,
        sends.*
    from {{ ref('int_campaign__email_sends') }} as sends

),

final as (

    select
        segment,
        sum(case when was_delivered and is_tracked then 1 else 0 end) as n_tracked_delivered,
        sum(case when was_delivered and is_tracked and was_clicked then 1 else 0 end) as n_clicked,
        sum(case when was_delivered and is_tracked and was_clicked_human then 1 else 0 end) as n_clicked_human,
        sent_date as kpi_date
    from segmented
    group by segment, sent_date

)

select * from final
