{{ config(materialized='table') }}

with

orders as (

    select * from {{ ref('int_order__counted') }}
    where source_system = 'klaviyo'

),

final as (

    select
        order_id as source_record_id,
        {{ order_action('Placed Order', 'Placed Order (coupon)') }} as vendor_action,
        identifier_type,
        identifier_value,
        '1' as part_id,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        cast(null as {{ dbt.type_string() }}) as content_id,
        owner_id,
        {{ unsaid(['product_id', 'thread_id', 'mkt_source', 'mkt_medium']) }},
        {{ json_text({'order_number': 'order_number'}) }} as feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        net_sales as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        _day,
        ordered_at as ts
    from orders

)

select * from final
