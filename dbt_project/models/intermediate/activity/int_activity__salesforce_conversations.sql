{{ config(materialized='view_of_a_build') }}

-- Calls and emails are tasks that are done; what somebody only means to do is nobody's act. A meeting counts from its
-- start on, and says nothing about who came: Salesforce keeps no outcome.
with

tasks as (

    select
        *,
        case
            when call_type <> '' or task_subtype = 'Call' then concat('call:', coalesce(call_type, ''))
            when task_subtype in ('Email', 'ListEmail') then 'email'
            when task_subtype = 'LinkedIn' then 'message'
            when task_subtype not in ('', 'Task', 'Cadence') then concat('task:', task_subtype)
        end as vendor_action
    from {{ ref('stg_salesforce__tasks') }}
    where is_closed and not is_deleted

),

events as (

    select * from {{ ref('stg_salesforce__events') }}
    where not is_deleted and not coalesce(is_child, false) and started_at < cast({{ as_of() }} as timestamp)

),

found as (

    select
        concat('salesforce/tasks/', task_id) as source_record_id,
        vendor_action,
        who_id,
        owner_id,
        case
            when call_duration_in_s is not null then {{ json_text({'duration_in_s': 'call_duration_in_s'}) }}
        end as feature_json,
        _day,
        coalesce(completed_at, cast(due_date as timestamp), created_at) as ts
    from tasks
    where vendor_action is not null and vendor_action <> 'call:Internal'
    union all
    select
        concat('salesforce/events/', event_id) as source_record_id,
        'event' as vendor_action,
        who_id,
        owner_id,
        cast(null as {{ dbt.type_string() }}) as feature_json,
        _day,
        started_at as ts
    from events

),

final as (

    select
        source_record_id,
        vendor_action,
        {{ salesforce_person('who_id') }} as identifier_type,
        who_id as identifier_value,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        owner_id,
        feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        _day,
        ts
    from found

)

select * from final
