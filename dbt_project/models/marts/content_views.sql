{{ config(materialized='view') }}

with

views as (

    select * from {{ ref('int_content__views') }}

),

sessions as (

    select
        *,
        coalesce(customer_id, anonymous_customer_id) as actor_id
    from {{ ref('int_session__sessions') }}

),

final as (

    select
        views.view_id,
        sessions.session_id,
        views.customer_id,
        views.anonymous_customer_id,
        views.content_id,
        views.campaign_id,
        views.source_system,
        views.vertical_percentage_scrolled,
        views.word_count,
        views.engaged_time_in_s,
        views.expected_read_s,
        views.commitment_ratio,
        views.is_read_complete,
        views.view_date,
        views.started_at
    from views
    left join sessions
        on
            views.actor_id = sessions.actor_id
            and views.source_system = sessions.source_system
            and views.started_at between sessions.started_at and sessions.ended_at

)

select * from final
