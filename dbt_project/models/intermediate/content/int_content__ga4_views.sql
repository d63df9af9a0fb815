{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        pre_hook="{{ empty_touched_days() }}"
    )
}}

-- A view lasts until the next one of its session and stream, in one day's file. GA4 tells attention with the event
-- after it, so what a view itself reports was spent on the one before it.
with

events as (

    select
        events.event_id,
        coalesce(events.stream_id, '') as stream_id,
        coalesce(events.ga4_session_id, events.event_id) as session_key,
        events.engagement_time_in_ms,
        events.percent_scrolled,
        case when names.vendor_action = 'page_view' then 1 else 0 end as is_view,
        events.event_at,
        events._day
    from {{ ref('stg_ga4__events') }} as events
    left join {{ ref('ga4_events') }} as names on events.event_name = names.event_name

),

numbered as (

    select
        *,
        sum(is_view) over (
            partition by _day, stream_id, session_key
            order by event_at, event_id
            rows unbounded preceding
        ) as views_so_far
    from events

),

-- a stream that reports any mark on a day would have reported the others
measured as (

    select distinct
        _day,
        stream_id
    from events
    where percent_scrolled is not null

),

told as (

    select
        _day,
        stream_id,
        session_key,
        greatest(views_so_far - is_view, 1) as view_number,
        max(percent_scrolled) as percent_scrolled,
        sum(engagement_time_in_ms) as engagement_time_in_ms
    from numbered
    group by _day, stream_id, session_key, greatest(views_so_far - is_view, 1)

),

final as (

    select
        {{ dbt.concat(["'ga4/events/'", 'views.event_id']) }} as source_record_id,
        case
            when measured.stream_id is not null then coalesce(told.percent_scrolled, 0)
        end as vertical_percentage_scrolled,
        cast(told.engagement_time_in_ms as double) / 1000 as engaged_time_in_s,
        views._day
    from numbered as views
    left join told
        on
            views._day = told._day
            and views.stream_id = told.stream_id
            and views.session_key = told.session_key
            and views.views_so_far = told.view_number
    left join measured on views._day = measured._day and views.stream_id = measured.stream_id
    where views.is_view = 1

)

select * from final
