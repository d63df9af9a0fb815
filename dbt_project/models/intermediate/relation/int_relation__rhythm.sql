with

active as (

    select
        customer_id,
        activity_date,
        {{ dbt.datediff('activity_date', as_of(), 'day') }} - 1 as age_in_days,
        lag(activity_date) over (
            partition by customer_id
            order by activity_date
        ) as previous_date
    from {{ ref('int_day__customer_days') }}
    where is_active and {{ is_within('activity_date', 366) }}

),

days as (

    select
        customer_id,
        cast(floor(age_in_days / 7.0) as {{ dbt.type_int() }}) as weeks_ago,
        cast({{ dbt.date_trunc('month', 'activity_date') }} as date) as activity_month,
        {{ dbt.datediff('previous_date', 'activity_date', 'day') }} as gap_in_days
    from active

),

last_month as (

    select cast({{ dbt.date_trunc('month', dbt.dateadd('day', -1, as_of())) }} as date) as activity_month

),

habits as (

    select
        days.customer_id,
        count(distinct days.activity_month) as engaged_months_12m,
        {{ median('days.gap_in_days') }} as median_gap_days
    from days
    cross join last_month
    where days.activity_month >= {{ dbt.dateadd('month', -11, 'last_month.activity_month') }}
    group by days.customer_id

),

weeks as (

    select
        customer_id,
        weeks_ago,
        row_number() over (
            partition by customer_id
            order by weeks_ago
        ) - 1 as place
    from (
        select distinct
            customer_id,
            weeks_ago
        from days
    ) as active_weeks

),

-- the weeks from the last one back to the first that was missed stand at their own place
streaks as (

    select
        customer_id,
        count(*) as engagement_streak_weeks
    from weeks
    where place = weeks_ago
    group by customer_id

),

final as (

    select
        habits.customer_id,
        habits.engaged_months_12m,
        coalesce(streaks.engagement_streak_weeks, 0) as engagement_streak_weeks,
        habits.median_gap_days
    from habits
    left join streaks on habits.customer_id = streaks.customer_id

)

select * from final
