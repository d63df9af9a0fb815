-- Everything that the seed conversion_goals calls a conversion: orders, and acts.
with

orders as (

    select
        concat('order#', order_id) as conversion_id,
        customer_id,
        'purchase' as goal,
        order_id,
        net_sales as revenue,
        ordered_at as converted_at
    from {{ ref('int_order__orders') }}
    where customer_id is not null and is_purchase

),

acts as (

    select
        concat('act#', events.activity_id) as conversion_id,
        events.customer_id,
        goals.goal,
        cast(null as {{ dbt.type_string() }}) as order_id,
        cast(null as decimal(18, 4)) as revenue,
        events.ts as converted_at
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('conversion_goals') }} as goals on events.activity = goals.activity
    where events.customer_id is not null and events.machine_reason is null and events.activity_date < {{ as_of() }}

),

final as (

    select
        *,
        row_number() over (
            partition by customer_id, goal
            order by converted_at, conversion_id
        ) as customer_goal_seq_number,
        lead(converted_at) over (
            partition by customer_id, goal
            order by converted_at, conversion_id
        ) as next_converted_at
    from (
        select * from orders
        union all
        select * from acts
    ) as conversions

)

select * from final
