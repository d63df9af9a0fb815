{{ config(materialized='view') }}

with

visitor_days as (

    select * from {{ ref('stg_matomo__visitor_days') }}

),

final as (

    select
        'matomo' as source_system,
        'matomo_visitor_id' as record_type,
        visitor_id as record_id,
        'visitor_user' as rule,
        'site_user_id' as identifier_type,
        user_id as identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        first_seen_at as seen_at,
        last_seen_at as seen_until,
        _day
    from visitor_days

)

select * from final
