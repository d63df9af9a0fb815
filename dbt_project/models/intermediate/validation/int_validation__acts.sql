-- What a customer had done by each Monday, and not a day later: the points of the score and of the version before it,
-- the last day of activity, and acts of advocacy (weight 0, as an incentive has, is none).
with

observations as (

    select * from {{ ref('int_validation__observations') }}

),

days as (

    select
        acts.customer_id,
        sum(least(acts.n_human, types.daily_cap) * types.weight) as points,
        sum(least(acts.n_human, incumbent.daily_cap) * incumbent.weight) as incumbent_points,
        sum(
            case
                when types.facet in ('share', 'create') and types.weight > 0 then least(acts.n_human, types.daily_cap)
            end
        ) as n_advocacy,
        acts.activity_date
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    left join {{ ref('int_score__incumbent') }} as incumbent on acts.activity = incumbent.activity
    where acts.n_human > 0 and types.direction = 'inbound' and types.counts_as_active
    group by acts.customer_id, acts.activity_date

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

mondays as (

    select distinct observed_on from observations

),

-- what is left of a day's points on a Monday, told once for each pair of days
ages as (

    select
        dates.activity_date,
        mondays.observed_on,
        {{ dbt.datediff('dates.activity_date', 'mondays.observed_on', 'day') }} - 1 as age_in_days,
        settings.*
    from (select distinct activity_date from days) as dates
    inner join mondays on dates.activity_date < mondays.observed_on
    cross join settings

),

weights as (

    select
        activity_date,
        observed_on,
        age_in_days,
        age_in_days < window_in_days as is_in_window,
        case when age_in_days < window_in_days then {{ decay('age_in_days') }} else 0 end as remainder,
        case
            when age_in_days < incumbent_window_in_days then {{ decay('age_in_days', 'incumbent_half_life_in_days') }}
        end as remainder_then
    from ages

),

-- points are summed in whole millionths, which is the same in whatever order it is done
final as (

    select
        observations.customer_id,
        observations.observed_on,
        sum(cast(round(1000000 * cast(days.points as double) * weights.remainder) as bigint)) / 1000000 as raw_score,
        sum(cast(round(1000000 * cast(days.incumbent_points as double) * weights.remainder_then) as bigint)) / 1000000
            as incumbent_raw_score,
        sum(case when weights.age_in_days < 365 then days.n_advocacy end) as n_advocacy,
        sum(case when weights.age_in_days < 90 then 1 else 0 end) as n_active_days,
        min(weights.age_in_days) as recency_in_days,
        bool_or(weights.is_in_window) as was_active
    from observations
    inner join days on observations.customer_id = days.customer_id
    inner join weights
        on days.activity_date = weights.activity_date and observations.observed_on = weights.observed_on
    group by observations.customer_id, observations.observed_on

)

select * from final
