-- What is no purchase has no number.
with

orders as (

    select * from {{ ref('int_order__counted') }}

),

people as (

    select * from {{ ref('int_activity__people') }}

),

owned as (

    select
        orders.*,
        people.customer_id
    from orders
    left join people
        on
            orders.identifier_type = people.identifier_type
            and orders.identifier_value = people.identifier_value
            and orders.ordered_at >= people.valid_from
            and orders.ordered_at < people.valid_to

),

numbered as (

    select
        *,
        case
            when customer_id is not null and is_purchase
                then row_number() over (partition by customer_id, is_purchase order by ordered_at, order_id)
        end as customer_order_seq_number
    from owned

),

final as (

    select
        order_id,
        customer_id,
        owner_id,
        store_id,
        associate_id,
        source_system,
        order_number,
        discount_code,
        medium,
        currency,
        case
            when customer_order_seq_number = 1 then 'new'
            when customer_order_seq_number > 1 then 'repeat'
        end as new_vs_repeat,
        cast(net_sales as decimal(18, 4)) as net_sales,
        cast(line_count as {{ dbt.type_int() }}) as line_count,
        cast(customer_order_seq_number as {{ dbt.type_int() }}) as customer_order_seq_number,
        is_purchase,
        cast(ordered_at as date) as ordered_date,
        ordered_at
    from numbered

)

select * from final
