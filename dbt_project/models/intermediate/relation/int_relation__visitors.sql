{{ config(materialized='view_of_a_build') }}

with

settings as (

    select * from {{ ref('relation_settings') }}

),

final as (

    select distinct sessions.customer_id
    from {{ ref('int_session__sessions') }} as sessions
    cross join settings
    where
        sessions.customer_id is not null
        and sessions.is_engaged
        and {{ is_within('sessions.session_date', 'settings.window_in_days') }}

)

select * from final
