with

days as (

    select * from {{ ref('int_kpi__days') }}

),

restated as (

    select
        segment,
        max(as_of) as restated_as_of,
        kpi_date
    from {{ ref('restatements') }}
    group by segment, kpi_date

),

final as (

    select
        days.segment,
        days.active_customers_1d,
        days.active_customers_7d,
        days.active_customers_28d,
        days.stickiness,
        days.retained_customers,
        days.cohort_size,
        days.retention_rate,
        days.n_sessions,
        days.n_sessions_timed,
        days.engaged_time_in_s,
        days.average_engaged_time_in_s,
        days.median_engaged_time_in_s,
        days.interactions_28d,
        days.interactions_per_30d,
        days.customers_with_email_consent,
        days.n_tracked_delivered,
        days.n_clicked,
        days.n_clicked_human,
        days.n_people_tracked_delivered,
        days.n_people_clicked,
        days.n_people_clicked_human,
        days.ctr_raw,
        days.ctr_human,
        days.n_likes,
        days.n_comments,
        days.n_shares,
        days.n_mentions,
        days.social_engagements,
        days.converting_customers_28d,
        days.conversion_rate,
        days.is_provisional,
        days.kpi_date,
        restated.restated_as_of
    from days
    left join restated on days.segment = restated.segment and days.kpi_date = restated.kpi_date

)

select * from final
