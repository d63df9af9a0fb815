with

dates as (

    select * from {{ ref('int_kpi__dates') }}

),

windows as (

    select * from {{ ref('int_kpi__windows') }}

),

counts as (

    select * from {{ ref('int_kpi__day_counts') }}

),

sessions as (

    select * from {{ ref('int_kpi__sessions') }}

),

sends as (

    select * from {{ ref('int_kpi__sends') }}

),

final as (

    select
        dates.segment,
        {{ whole('counts.active_1d') }} as active_customers_1d,
        {{ whole('windows.active_7d') }} as active_customers_7d,
        {{ whole('windows.active_28d') }} as active_customers_28d,
        {{ share(whole('counts.active_1d'), 'windows.active_28d') }} as stickiness,
        {{ whole('windows.retained') }} as retained_customers,
        {{ whole('windows.cohort') }} as cohort_size,
        {{ share('windows.retained', 'windows.cohort') }} as retention_rate,
        {{ where_covered('dates.has_web', whole('sessions.n_sessions')) }} as n_sessions,
        {{ where_covered('dates.has_web', whole('sessions.n_sessions_timed')) }} as n_sessions_timed,
        {{ where_covered('dates.has_web', whole('sessions.engaged_time_in_s')) }} as engaged_time_in_s,
        {{ share('sessions.engaged_time_in_s', 'sessions.n_sessions_timed') }} as average_engaged_time_in_s,
        cast(sessions.median_engaged_time_in_s as double) as median_engaged_time_in_s,
        {{ whole('windows.interactions_28d') }} as interactions_28d,
        {{ share('windows.interactions_28d * 30.0 / 28.0', 'windows.active_28d') }} as interactions_per_30d,
        {{ where_covered('dates.has_email or dates.has_crm', whole('windows.email_consent')) }}
            as customers_with_email_consent,
        {{ where_covered('dates.has_email', whole('sends.n_tracked_delivered')) }} as n_tracked_delivered,
        {{ where_covered('dates.has_email', whole('sends.n_clicked')) }} as n_clicked,
        {{ where_covered('dates.has_email', whole('sends.n_clicked_human')) }} as n_clicked_human,
        {{ where_covered('dates.has_email', whole('sends.n_people_tracked_delivered')) }} as n_people_tracked_delivered,
        {{ where_covered('dates.has_email', whole('sends.n_people_clicked')) }} as n_people_clicked,
        {{ where_covered('dates.has_email', whole('sends.n_people_clicked_human')) }} as n_people_clicked_human,
        {{ share('sends.n_people_clicked', 'sends.n_people_tracked_delivered') }} as ctr_raw,
        {{ share('sends.n_people_clicked_human', 'sends.n_people_tracked_delivered') }} as ctr_human,
        {{ where_covered('dates.has_social', whole('counts.n_likes')) }} as n_likes,
        {{ where_covered('dates.has_social', whole('counts.n_comments')) }} as n_comments,
        {{ where_covered('dates.has_social', whole('counts.n_shares')) }} as n_shares,
        {{ where_covered('dates.has_social', whole('counts.n_mentions')) }} as n_mentions,
        {{ where_covered(
            'dates.has_social', whole('counts.n_likes + counts.n_comments + counts.n_shares + counts.n_mentions')
        ) }} as social_engagements,
        {{ where_covered('dates.has_crm', whole('windows.converted_28d')) }} as converting_customers_28d,
        {{ share('windows.converted_28d', 'windows.active_28d') }} as conversion_rate,
        dates.is_provisional,
        dates.kpi_date
    from dates
    left join windows on dates.segment = windows.segment and dates.kpi_date = windows.kpi_date
    left join counts on dates.segment = counts.segment and dates.kpi_date = counts.kpi_date
    left join sessions on dates.segment = sessions.segment and dates.kpi_date = sessions.kpi_date
    left join sends on dates.segment = sends.segment and dates.kpi_date = sends.kpi_date

)

select * from final
