with

settings as (

    select * from {{ ref('score_settings') }}

),

types as (

    select * from {{ ref('activity_types') }}
    where direction = 'inbound' and counts_as_active and weight > 0

),

acts as (

    select * from {{ ref('int_day__customer_activities') }}
    where
        n_human > 0
        and activity_date < {{ as_of() }}

),

counted as (

    select
        acts.customer_id,
        acts.activity,
        least(acts.n_human, types.daily_cap) as n_counted,
        types.weight,
        settings.window_in_days,
        settings.half_life_in_days,
        settings.compared_days_ago,
        {{ dbt.datediff('acts.activity_date', as_of(), 'day') }} - 1 as age_in_days
    from acts
    inner join types on acts.activity = types.activity
    cross join settings
    where
        {{ dbt.datediff('acts.activity_date', as_of(), 'day') }} <= settings.window_in_days + settings.compared_days_ago

),

-- in exact decimals, so that the sum is the same in whatever order it is taken
pointed as (

    select
        customer_id,
        activity,
        case when age_in_days < window_in_days then n_counted else 0 end as n_counted,
        case when age_in_days < compared_days_ago then n_counted else 0 end as n_new,
        case
            when age_in_days < window_in_days
                then cast(n_counted * weight * {{ decay('age_in_days') }} as decimal(18, 6))
            else 0
        end as points,
        case
            when age_in_days >= compared_days_ago
                then cast(n_counted * weight * {{ decay('age_in_days - compared_days_ago') }} as decimal(18, 6))
            else 0
        end as points_then
    from counted

),

final as (

    select
        customer_id,
        activity,
        sum(n_counted) as n_counted,
        sum(n_new) as n_new,
        cast(sum(points) as decimal(18, 6)) as points,
        cast(sum(points_then) as decimal(18, 6)) as points_then
    from pointed
    group by customer_id, activity

)

select * from final
