-- Who is looked at: all customers or, where they are many, as many as the settings say, drawn by a hash of their id.
with

settings as (

    select * from {{ ref('validation_settings') }}

),

seen as (

    select
        customer_id,
        activity_date as seen_on
    from {{ ref('int_day__customer_activities') }}
    union all
    select
        customer_id,
        ordered_date as seen_on
    from {{ ref('int_order__orders') }}
    where customer_id is not null

),

firsts as (

    select
        customer_id,
        min(seen_on) as first_seen_on
    from seen
    group by customer_id

),

drawn as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        firsts.first_seen_on,
        row_number() over (order by {{ dbt.hash('customers.customer_id') }}) as place
    from {{ ref('int_customer__customers') }} as customers
    inner join firsts on customers.customer_id = firsts.customer_id

),

final as (

    select
        drawn.customer_id,
        drawn.b2b_b2c,
        drawn.first_seen_on,
        mod(drawn.place, settings.n_groups) as draw_group
    from drawn
    cross join settings
    where drawn.place <= settings.n_customers

)

select * from final
