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
    where metric = 'Cancelled Order'

),

-- a refund that does not say how much it was gave everything back
refunded as (

    select
        order_number,
        case when count(*) = count(value) then sum(value) end as amount,
        max(_day) as _day
    from events
    where metric = 'Refunded Order'
    group by order_number

),

final as (

    select
        placed.event_id,
        placed.profile_id,
        placed.order_number,
        placed.currency,
        placed.value - coalesce(refunded.amount, 0) as net_sales,
        placed.item_count as line_count,
        cancelled.order_number is null
        and (refunded.order_number is null or coalesce(refunded.amount < placed.value, false)) as is_standing,
        greatest(placed._day, coalesce(refunded._day, placed._day)) as _day,
        placed.happened_at as ordered_at
    from placed
    left join cancelled on placed.order_number = cancelled.order_number
    left join refunded on placed.order_number = refunded.order_number

)

select * from final
