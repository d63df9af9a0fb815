{{ config(materialized='view') }}

with

events as (

    select * from {{ ref('stg_klaviyo__order_events') }}

),

placed as (

    select * from events
    where metric = 'Placed Order'

),

cancelled as (

    select distinct order_number
    from events
    where metric in ('Cancelled Order', 'Refunded Order')

),

final as (

    select
        placed.event_id,
        placed.profile_id,
        placed.order_number,
        placed.currency,
        placed.value as net_sales,
        placed.item_count as line_count,
        cancelled.order_number is null as is_standing,
        placed._day,
        placed.happened_at as ordered_at
    from placed
    left join cancelled on placed.order_number = cancelled.order_number

)

select * from final
