{{ config(materialized='table') }}

with

orders as (

    select
        order_id as source_record_id,
        {{ order_action('order', 'order:coupon') }} as vendor_action,
        identifier_type,
        identifier_value,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        owner_id,
        cast(null as {{ dbt.type_string() }}) as feature_json,
        net_sales as revenue_impact,
        _day,
        ordered_at as ts
    from {{ ref('int_order__counted') }}
    where source_system = 'salesforce' and is_purchase

),

cases as (

    select
        concat('salesforce/cases/', case_id) as source_record_id,
        'case' as vendor_action,
        case when contact_id is not null then 'salesforce_contact_id' end as identifier_type,
        contact_id as identifier_value,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        owner_id,
        {{ json_text({'origin': 'origin'}) }} as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        _day,
        created_at as ts
    from {{ ref('stg_salesforce__cases') }}
    where not is_deleted

),

conversations as (

    select * from {{ ref('int_activity__salesforce_conversations') }}

),

responses as (

    select
        concat('salesforce/campaign_members/', campaign_member_id) as source_record_id,
        'response' as vendor_action,
        {{ salesforce_person('coalesce(contact_id, lead_id)') }} as identifier_type,
        coalesce(contact_id, lead_id) as identifier_value,
        campaign_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ json_text({'status': 'status'}) }} as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        _day,
        coalesce(cast(responded_date as timestamp), created_at) as ts
    from {{ ref('stg_salesforce__campaign_members') }}
    where has_responded and not is_deleted

),

acts as (

    select * from orders
    union all
    select * from cases
    union all
    select * from conversations
    union all
    select * from responses

),

final as (

    select
        source_record_id,
        vendor_action,
        identifier_type,
        identifier_value,
        '1' as part_id,
        campaign_id,
        cast(null as {{ dbt.type_string() }}) as content_id,
        owner_id,
        {{ unsaid(['product_id', 'thread_id', 'mkt_source', 'mkt_medium']) }},
        feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        _day,
        ts
    from acts

)

select * from final
