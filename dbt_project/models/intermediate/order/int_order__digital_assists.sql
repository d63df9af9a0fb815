-- A visit to the site that was under way at some time from the hours before the purchase in the store to those after.
with

settings as (

    select * from {{ ref('digital_assist_settings') }}

),

orders as (

    select
        orders.*,
        {{ hours_later('orders.ordered_at', '-settings.hours_before') }} as visited_from,
        {{ hours_later('orders.ordered_at', 'settings.hours_after') }} as visited_to
    from {{ ref('int_order__orders') }} as orders
    cross join settings
    where orders.medium = 'offline' and orders.customer_id is not null

),

covered as (

    select distinct date_day
    from {{ ref('int_coverage__days') }}
    where channel = 'web' and is_received

),

assisted as (

    select distinct orders.order_id
    from orders
    inner join {{ ref('int_session__sessions') }} as sessions
        on
            orders.customer_id = sessions.customer_id
            and orders.visited_from <= sessions.ended_at
            and orders.visited_to >= sessions.started_at

),

final as (

    select
        orders.order_id,
        assisted.order_id is not null as has_digital_assist
    from orders
    inner join covered on orders.ordered_date = covered.date_day
    left join assisted on orders.order_id = assisted.order_id

)

select * from final
