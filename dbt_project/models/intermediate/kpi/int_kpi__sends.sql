with

customers as (

    select
        customer_id,
        b2b_b2c
    from {{ ref('int_customer__customers') }}

),

sends as (

    select
        *,
        coalesce(customer_id, anonymous_customer_id, email_send_id) as person_id
    from {{ ref('int_campaign__email_sends') }}
    where was_delivered and is_tracked

),

-- of whoever got several emails on one day, any of them counts
people as (

    select
        coalesce(customers.b2b_b2c, 'unknown') as segment,
        sends.person_id,
        count(*) as n_sends,
        sum(case when sends.was_clicked then 1 else 0 end) as n_clicked,
        sum(case when sends.was_clicked_human then 1 else 0 end) as n_clicked_human,
        sends.sent_date as kpi_date
    from sends
    left join customers on sends.customer_id = customers.customer_id
    group by coalesce(customers.b2b_b2c, 'unknown'), sends.person_id, sends.sent_date

),

segmented as (

    select
        segment,
        sum(n_sends) as n_tracked_delivered,
        sum(n_clicked) as n_clicked,
        sum(n_clicked_human) as n_clicked_human,
        count(*) as n_people_tracked_delivered,
        sum(case when n_clicked > 0 then 1 else 0 end) as n_people_clicked,
        sum(case when n_clicked_human > 0 then 1 else 0 end) as n_people_clicked_human,
        kpi_date
    from people
    group by segment, kpi_date

),

final as (

    select * from segmented
    union all
    select
        'all' as segment,
        sum(n_tracked_delivered) as n_tracked_delivered,
        sum(n_clicked) as n_clicked,
        sum(n_clicked_human) as n_clicked_human,
        sum(n_people_tracked_delivered) as n_people_tracked_delivered,
        sum(n_people_clicked) as n_people_clicked,
        sum(n_people_clicked_human) as n_people_clicked_human,
        kpi_date
    from segmented
    group by kpi_date

)

select * from final
