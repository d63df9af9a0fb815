{{ config(materialized='view') }}

with

won as (

    select * from {{ ref('int_order__won_deals') }}

),

-- a deal that is no order (any longer) still speaks for its number
hubspot as (

    select
        concat('hubspot/deals/', deals.deal_id) as order_id,
        'hubspot' as source_system,
        'hubspot_contact_id' as identifier_type,
        won.contact_id as identifier_value,
        won.owner_id,
        deals.order_number,
        cast(null as {{ dbt.type_string() }}) as store_id,
        cast(null as {{ dbt.type_string() }}) as associate_id,
        cast(null as {{ dbt.type_string() }}) as discount_code,
        won.currency,
        won.net_sales,
        won.line_count,
        won.deal_id is not null as is_standing,
        coalesce(won._day, deals._day) as _day,
        won.ordered_at
    from {{ ref('stg_hubspot__deals') }} as deals
    left join won on deals.deal_id = won.deal_id
    where won.deal_id is not null or deals.order_number is not null

),

salesforce as (

    select
        order_id,
        'salesforce' as source_system,
        identifier_type,
        identifier_value,
        owner_id,
        cast(null as {{ dbt.type_string() }}) as order_number,
        cast(null as {{ dbt.type_string() }}) as store_id,
        cast(null as {{ dbt.type_string() }}) as associate_id,
        cast(null as {{ dbt.type_string() }}) as discount_code,
        cast(null as {{ dbt.type_string() }}) as currency,
        net_sales,
        cast(null as {{ dbt.type_bigint() }}) as line_count,
        true as is_standing,
        _day,
        ordered_at
    from {{ ref('int_order__won_opportunities') }}

),

final as (

    select * from hubspot
    union all
    select * from salesforce

)

select * from final
