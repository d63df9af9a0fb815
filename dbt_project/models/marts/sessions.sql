{{ config(materialized='view') }}

with

sessions as (

    select * from {{ ref('int_session__sessions') }}

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
        origins.campaign_id as last_non_direct_campaign_id,
        sessions.source_system,
        sessions.mkt_source,
        sessions.mkt_medium,
        sessions.default_channel_group,
        origins.mkt_source as last_non_direct_source,
        origins.mkt_medium as last_non_direct_medium,
        sessions.last_non_direct_channel_group,
        sessions.n_activities,
        sessions.views,
        sessions.n_goals,
        sessions.engaged_time_in_s,
        sessions.absolute_time_in_s,
        sessions.is_engaged,
        sessions.session_date,
        sessions.started_at,
        sessions.ended_at
    from sessions
    left join sessions as origins on sessions.last_non_direct_session_id = origins.session_id

)

select * from final
