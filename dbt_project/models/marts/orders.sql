{{ config(materialized='view') }}

with

orders as (

    select * from {{ ref('int_order__orders') }}

),

assists as (

    select * from {{ ref('int_order__digital_assists') }}

),

final as (

    select
        orders.order_id,
        orders.customer_id,
        orders.owner_id,
        orders.store_id,
        orders.associate_id,
        orders.source_system,
        orders.order_number,
        orders.discount_code,
        orders.medium,
        orders.currency,
        orders.new_vs_repeat,
        orders.net_sales,
        orders.line_count,
        orders.customer_order_seq_number,
        assists.has_digital_assist,
        orders.ordered_date,
        orders.ordered_at
    from orders
    left join assists on orders.order_id = assists.order_id

)

select * from final
