{{ config(materialized='view') }}

with

orders as (

    select * from {{ ref('int_order__counted') }}
    where source_system = 'hubspot' and is_purchase

),

won as (

    select
        'deals' as entity,
        replace(order_id, 'hubspot/deals/', '') as record_id,
        {{ order_action('order', 'order:coupon') }} as vendor_action,
        owner_id,
        {{ unsaid(['thread_id']) }},
        {{ json_text({'order_number': 'order_number'}) }} as feature_json,
        net_sales as revenue_impact,
        false as is_archived,
        _day,
        ordered_at as happened_at
    from orders

),

tickets as (

    select
        'tickets' as entity,
        ticket_id as record_id,
        'ticket' as vendor_action,
        owner_id,
        {{ unsaid(['thread_id']) }},
        cast(null as {{ dbt.type_string() }}) as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        is_archived,
        _day,
        created_at as happened_at
    from {{ ref('stg_hubspot__tickets') }}

),

feedback_submissions as (

    select
        'feedback_submissions' as entity,
        feedback_submission_id as record_id,
        concat('feedback:', upper(coalesce(survey_type, 'CUSTOM'))) as vendor_action,
        owner_id,
        {{ unsaid(['thread_id']) }},
        {{ json_text({'score': 'score', 'survey_channel': 'survey_channel'}) }} as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        is_archived,
        _day,
        submitted_at as happened_at
    from {{ ref('stg_hubspot__feedback_submissions') }}

),

conversations as (

    select * from {{ ref('int_activity__hubspot_conversations') }}

),

final as (

    select * from won
    union all
    select * from tickets
    union all
    select * from feedback_submissions
    union all
    select * from conversations

)

select * from final
