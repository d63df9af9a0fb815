{{ config(materialized='view_of_a_build') }}

with

statements as (

    select
        *,
        {{ ga4_event_id() }} as event_id
    from {{ source('ga4', 'events') }}
    where {{ in_touched_days('day') }}

),

-- the day is part of what an event is: a partition is one day's file, whole
latest as (

    {{ latest_statement('statements', ['day', 'event_id']) }}

),

final as (

    select
        event_id,
        nullif(user_pseudo_id, '') as client_id,
        nullif(user_id, '') as user_id,
        stream_id,
        transaction_id,
        case
            when user_pseudo_id is not null and ga_session_id is not null
                then {{ dbt.concat(['user_pseudo_id', "'.'", 'cast(ga_session_id as ' ~ dbt.type_string() ~ ')']) }}
        end as ga4_session_id,
        event_name,
        platform,
        device_category,
        country,
        analytics_storage,
        coalesce(session_source, event_source, case when google_click_id is not null then 'google' end) as source,
        coalesce(session_medium, event_medium, case when google_click_id is not null then 'cpc' end) as medium,
        -- "(direct)", "(organic)" and "(not set)" are no campaigns
        case
            when session_campaign not like '(%' then session_campaign
            when session_campaign is null and event_campaign not like '(%' then event_campaign
        end as campaign,
        session_channel_group,
        split_part(split_part(page_location, '?', 1), '#', 1) as page,
        split_part(split_part(link_url, '?', 1), '#', 1) as link,
        search_term,
        engagement_time_in_ms,
        percent_scrolled,
        video_percent,
        item_count,
        purchase_revenue,
        coalesce(entrances, 0) > 0 as is_entrance,
        coalesce(session_engaged, false) as is_session_engaged,
        {{ utc('event_at') }} as event_at,
        day as _day
    from latest

)

select * from final
