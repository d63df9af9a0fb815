{{ config(materialized='view') }}

with

hubspot as (

    select
        concat('hubspot/deals/', deal_id) as order_id,
        'hubspot' as source_system,
        'hubspot_contact_id' as identifier_type,
        contact_id as identifier_value,
        owner_id,
        order_number,
        cast(null as {{ dbt.type_string() }}) as store_id,
        cast(null as {{ dbt.type_string() }}) as associate_id,
        cast(null as {{ dbt.type_string() }}) as discount_code,
        currency,
        net_sales,
        line_count,
        _day,
        ordered_at
    from {{ ref('int_order__won_deals') }}

),

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
        _day,
        ordered_at
    from {{ ref('stg_files__orders') }}

),

final as (

    select * from hubspot
    union all
    select * from files

)

select * from final
