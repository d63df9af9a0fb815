-- What a customer had done by each Monday, and not a day later: the points of the score and of the version before it,
-- the last day of activity, and acts of advocacy (weight 0, as an incentive has, is none).
with

observations as (

    select * from {{ ref('int_validation__observations') }}

),

settings as (

    select
        settings.window_in_days,
        settings.half_life_in_days,
        max(incumbent.window_in_days) as incumbent_window_in_days,
        max(incumbent.half_life_in_days) as incumbent_half_life_in_days
    from {{ ref('score_settings') }} as settings
    left join {{ ref('int_score__incumbent') }} as incumbent on true
    group by settings.window_in_days, settings.half_life_in_days

),

acts as (

    select
        acts.customer_id,
        least(acts.n_human, types.daily_cap) * types.weight as points,
        least(acts.n_human, incumbent.daily_cap) * incumbent.weight as incumbent_points,
        case when types.facet in ('share', 'create') and types.weight > 0 then least(acts.n_human, types.daily_cap) end
            as n_advocacy,
        acts.activity_date
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    left join {{ ref('int_score__incumbent') }} as incumbent on acts.activity = incumbent.activity
    where acts.n_human > 0 and types.direction = 'inbound' and types.counts_as_active

),

aged as (

    select
        observations.customer_id,
        observations.observed_on,
        acts.points,
        acts.incumbent_points,
        acts.n_advocacy,
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
        sum(
            case
                when aged.age_in_days < settings.incumbent_window_in_days
                    then cast(
                        aged.incumbent_points * {{ decay('aged.age_in_days', 'incumbent_half_life_in_days') }}
                        as decimal(18, 6)
                    )
            end
        ) as incumbent_raw_score,
        sum(case when aged.age_in_days < 365 then aged.n_advocacy end) as n_advocacy,
        count(distinct case when aged.age_in_days < 90 then aged.activity_date end) as n_active_days,
        min(aged.age_in_days) as recency_in_days,
        max(case when aged.age_in_days < settings.window_in_days then 1 else 0 end) = 1 as was_active
    from aged
    cross join settings
    group by aged.customer_id, aged.observed_on

)

select * from final
