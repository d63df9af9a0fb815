{{ config(materialized='view') }}

with

files as (

    select
        concat('files/orders/', order_id) as order_id,
        'files' as source_system,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        order_number,
        store_id,
        associate_id,
        discount_code,
        currency,
        amount as net_sales,
        line_count,
        true as is_standing,
        _day,
        ordered_at
    from {{ ref('stg_files__orders') }}

),

klaviyo as (

    select
        concat('klaviyo/events/', event_id) as order_id,
        'klaviyo' as source_system,
        'klaviyo_profile_id' as identifier_type,
        profile_id as identifier_value,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        order_number,
        cast(null as {{ dbt.type_string() }}) as store_id,
        cast(null as {{ dbt.type_string() }}) as associate_id,
        cast(null as {{ dbt.type_string() }}) as discount_code,
        currency,
        net_sales,
        line_count,
        is_standing,
        _day,
        ordered_at
    from {{ ref('int_order__klaviyo_orders') }}

),

final as (

    select * from {{ ref('int_order__crm_statements') }}
    union all
    select * from files
    union all
    select * from klaviyo

)

select * from final
