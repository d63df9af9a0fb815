{{ config(materialized='view') }}

with

calls as (

    select
        'calls' as entity,
        call_id as record_id,
        concat('call:', upper(coalesce(direction, ''))) as vendor_action,
        owner_id,
        {{ unsaid(['thread_id']) }},
        cast(null as {{ dbt.type_string() }}) as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        is_archived,
        _day,
        happened_at
    from {{ ref('stg_hubspot__calls') }}

),

meetings as (

    select
        'meetings' as entity,
        meeting_id as record_id,
        concat('meeting:', upper(coalesce(outcome, ''))) as vendor_action,
        owner_id,
        {{ unsaid(['thread_id']) }},
        cast(null as {{ dbt.type_string() }}) as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        is_archived,
        _day,
        case
            when upper(coalesce(outcome, 'SCHEDULED')) = 'SCHEDULED' then created_at
            else coalesce(started_at, happened_at)
        end as happened_at
    from {{ ref('stg_hubspot__meetings') }}

),

emails as (

    select
        'emails' as entity,
        email_id as record_id,
        concat('email:', upper(coalesce(direction, ''))) as vendor_action,
        owner_id,
        thread_id,
        cast(null as {{ dbt.type_string() }}) as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        is_archived,
        _day,
        happened_at
    from {{ ref('stg_hubspot__emails') }}

),

communications as (

    select
        'communications' as entity,
        communication_id as record_id,
        concat('communication:', upper(coalesce(channel_type, ''))) as vendor_action,
        owner_id,
        {{ unsaid(['thread_id']) }},
        cast(null as {{ dbt.type_string() }}) as feature_json,
        cast(null as decimal(18, 4)) as revenue_impact,
        is_archived,
        _day,
        happened_at
    from {{ ref('stg_hubspot__communications') }}

),

final as (

    select * from calls
    union all
    select * from meetings
    union all
    select * from emails
    union all
    select * from communications

)

select * from final
