-- The raw score at the end of each month, by today's weights: what customer_scores would have said then.
with

settings as (

    select * from {{ ref('score_settings') }}

),

acts as (

    select
        acts.customer_id,
        least(acts.n_human, types.daily_cap) * types.weight as points,
        acts.activity_date,
        cast({{ dbt.date_trunc('month', 'acts.activity_date') }} as date) as activity_month
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where acts.n_human > 0 and types.direction = 'inbound' and types.counts_as_active

),

-- an act counts at the end of its own month, and of those after it while the window reaches back to it
placed as (

    select
        acts.customer_id,
        acts.points,
        acts.activity_date,
        settings.window_in_days,
        settings.half_life_in_days,
        case when later.number = 0 then 1 else 0 end as is_own_month,
        cast({{ months_later('acts.activity_month', 'later.number') }} as date) as score_month
    from acts
    cross join settings
    inner join {{ numbers_to(12) }} as later on settings.window_in_days >= later.number * 28

),

aged as (

    select
        *,
        {{ dbt.datediff('activity_date', dbt.dateadd('month', 1, 'score_month'), 'day') }} - 1 as age_in_days
    from placed

),

final as (

    select
        customer_id,
        cast(
            sum(
                case
                    when age_in_days < window_in_days then cast(points * {{ decay('age_in_days') }} as decimal(18, 6))
                    else 0
                end
            ) as decimal(18, 6)
        ) as raw_score,
        max(is_own_month) = 1 as was_active,
        score_month
    from aged
    group by customer_id, score_month

)

select * from final
