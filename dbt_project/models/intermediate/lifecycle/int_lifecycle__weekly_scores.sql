-- The raw score that a customer had on each Monday whose whole window some source covers, from what lay before it: the
-- points of the score, by the same settings.
with

settings as (

    select * from {{ ref('score_settings') }}

),

coverage as (

    select date_day from {{ ref('int_coverage__days') }}
    where is_received and date_day < {{ as_of() }}

),

first_day as (

    select min(date_day) as first_covered_on from coverage

),

covered as (

    select distinct cast({{ dbt.date_trunc('week', 'coverage.date_day') }} as date) as observed_on
    from coverage
    cross join first_day
    cross join settings
    where
        {{ dbt.datediff('first_day.first_covered_on', dbt.date_trunc('week', 'coverage.date_day'), 'day') }}
        >= settings.window_in_days

),

acts as (

    select
        acts.customer_id,
        acts.activity_date,
        cast(1000 * sum(least(acts.n_human, types.daily_cap) * types.weight) as double) as thousandths
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where
        acts.n_human > 0
        and types.direction = 'inbound'
        and types.counts_as_active
        and types.weight > 0
        and acts.activity_date < {{ as_of() }}
    group by acts.customer_id, acts.activity_date

),

days as (

    select distinct activity_date from {{ ref('int_day__customer_activities') }}

),

ages as (

    select
        days.activity_date,
        covered.observed_on,
        {{ dbt.datediff('days.activity_date', 'covered.observed_on', 'day') }} - 1 as age_in_days,
        settings.half_life_in_days
    from days
    cross join settings
    inner join covered
        on
            days.activity_date < covered.observed_on
            and {{ dbt.datediff('days.activity_date', 'covered.observed_on', 'day') }} <= settings.window_in_days

),

-- told once for each pair of days
weights as (

    select
        activity_date,
        observed_on,
        {{ decay('age_in_days') }} as remainder
    from ages

),

-- in whole thousandths of a point: their sum is the same in whatever order it is taken, five times as fast as decimals
final as (

    select
        acts.customer_id,
        weights.observed_on,
        cast(sum(cast(round(acts.thousandths * weights.remainder) as bigint)) as double) / 1000 as raw_score
    from acts
    inner join weights on acts.activity_date = weights.activity_date
    group by acts.customer_id, weights.observed_on

)

select * from final
