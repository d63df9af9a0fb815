-- What a customer had done by each Monday, and not a day later: the points of the score and of the version before it,
-- the last day of activity, and acts of advocacy.
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
    from (select distinct activity_date from {{ ref('int_validation__days') }}) as dates
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
        sum(case when days.is_active and weights.age_in_days < 90 then 1 else 0 end) as n_active_days,
        min(case when days.is_active then weights.age_in_days end) as recency_in_days,
        bool_or(days.is_active and weights.is_in_window) as was_active
    from observations
    inner join {{ ref('int_validation__days') }} as days on observations.customer_id = days.customer_id
    inner join weights
        on days.activity_date = weights.activity_date and observations.observed_on = weights.observed_on
    group by observations.customer_id, observations.observed_on

)

select * from final
