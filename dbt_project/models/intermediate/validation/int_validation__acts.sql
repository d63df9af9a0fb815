-- What a customer had done by each Monday, and not a day later: the points of the score, and the last day of activity.
with

observations as (

    select * from {{ ref('int_validation__observations') }}

),

acts as (

    select
        acts.customer_id,
        least(acts.n_human, types.daily_cap) * types.weight as points,
        acts.activity_date
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where acts.n_human > 0 and types.direction = 'inbound' and types.counts_as_active

),

aged as (

    select
        observations.customer_id,
        observations.observed_on,
        acts.points,
        acts.activity_date,
        {{ dbt.datediff('acts.activity_date', 'observations.observed_on', 'day') }} - 1 as age_in_days
    from observations
    inner join acts
        on observations.customer_id = acts.customer_id and observations.observed_on > acts.activity_date

),

final as (

    select
        aged.customer_id,
        aged.observed_on,
        sum(
            case
                when aged.age_in_days < settings.window_in_days
                    then cast(aged.points * {{ decay('aged.age_in_days') }} as decimal(18, 6))
                else 0
            end
        ) as raw_score,
        min(aged.age_in_days) as recency_in_days,
        max(case when aged.age_in_days < settings.window_in_days then 1 else 0 end) = 1 as was_active
    from aged
    cross join {{ ref('score_settings') }} as settings
    group by aged.customer_id, aged.observed_on

)

select * from final
