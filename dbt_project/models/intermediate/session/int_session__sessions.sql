{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[
        'session_id in (select gone.session_id from intermediate.int_session__outgoing as gone)'
    ]
) }}

-- depends_on: {{ ref('int_session__outgoing') }}

with

sessions as (

    select * from {{ ref('int_session__channelled') }}

),

settings as (

    select * from {{ ref('session_settings') }}

),

final as (

    select
        sessions.session_id,
        sessions.customer_id,
        sessions.anonymous_customer_id,
        sessions.entry_activity_id,
        sessions.entry_content_id,
        sessions.campaign_id,
        sessions.last_non_direct_session_id,
        sessions.source_system,
        sessions.mkt_source,
        sessions.mkt_medium,
        sessions.default_channel_group,
        sessions.last_non_direct_channel_group,
        cast(sessions.n_activities as {{ dbt.type_int() }}) as n_activities,
        cast(sessions.views as {{ dbt.type_int() }}) as views,
        cast(sessions.n_goals as {{ dbt.type_int() }}) as n_goals,
        cast(sessions.engaged_time_in_s as {{ dbt.type_int() }}) as engaged_time_in_s,
        cast({{ dbt.datediff('sessions.started_at', 'sessions.ended_at', 'second') }} as {{ dbt.type_int() }})
            as absolute_time_in_s,
        (
            coalesce(sessions.engaged_time_in_s, 0) >= settings.engaged_from_s
            or sessions.views >= settings.engaged_from_views
            or sessions.n_goals > 0
        ) as is_engaged,
        cast(sessions.started_at as date) as session_date,
        sessions.started_at,
        sessions.ended_at
    from sessions
    cross join settings

)

select * from final
