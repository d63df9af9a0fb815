{{ config(materialized='view') }}

with

client_days as (

    select * from {{ ref('stg_ga4__client_days') }}

),

final as (

    select
        'ga4' as source_system,
        'ga4_client_id' as record_type,
        client_id as record_id,
        'client_user' as rule,
        'site_user_id' as identifier_type,
        user_id as identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        first_seen_at as seen_at,
        last_seen_at as seen_until,
        _day
    from client_days

)

select * from final
