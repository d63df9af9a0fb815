{{ config(materialized='view') }}

with

-- bringing something back is no act of buying
orders as (

    select
        replace(order_id, 'files/', '') as record_id,
        {{ order_action('order', 'order:coupon') }} as vendor_action,
        identifier_type,
        identifier_value,
        {{ unsaid(['campaign_id', 'thread_id']) }},
        {{ json_text({'store_id': 'store_id', 'associate_id': 'associate_id', 'discount_code': 'discount_code'}) }}
            as feature_json,
        net_sales as revenue_impact,
        _day,
        ordered_at as happened_at
    from {{ ref('int_order__counted') }}
    where source_system = 'files' and is_purchase

),

attendance as (

    select
        concat('attendance/', attendance_id, '/', status) as record_id,
        case
            when status in ('invited', 'registered', 'attended', 'no-show') then concat('event:', status)
            else 'event:other'
        end as vendor_action,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        {{ unsaid(['campaign_id']) }},
        concat('attendance/', attendance_id) as thread_id,
        {{ json_text({'event_id': 'event_id', 'event_type': 'event_type'}) }} as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        _day,
        happened_at
    from {{ ref('stg_files__attendance') }}

),

-- a response is one act, however many questions it answers
answers as (

    select
        concat('survey_answers/', response_id) as record_id,
        case
            when max(survey_type) in ('NPS', 'CSAT', 'CES', 'ACSI', 'SHARE_OF_WALLET')
                then concat('survey:', max(survey_type))
            else 'survey:CUSTOM'
        end as vendor_action,
        max({{ files_identifier_type() }}) as identifier_type,
        max({{ files_identifier() }}) as identifier_value,
        {{ unsaid(['campaign_id', 'thread_id']) }},
        cast(null as {{ dbt.type_string() }}) as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        max(_day) as _day,
        min(answered_at) as happened_at
    from {{ ref('stg_files__survey_answers') }}
    group by response_id

),

programs as (

    select
        record_id,
        vendor_action,
        identifier_type,
        identifier_value,
        campaign_id,
        thread_id,
        feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        _day,
        happened_at
    from {{ ref('int_activity__files_programs') }}

),

final as (

    select * from orders
    union all
    select * from attendance
    union all
    select * from answers
    union all
    select * from programs

)

select * from final
