-- The raw score as it stood at the end of each of the last weeks, as int_score__points reckons it.
with

settings as (

    select * from {{ ref('side_settings') }}

),

ends as (

    select
        numbers.number as week_number,
        cast({{ dbt.dateadd('day', '-7 * (settings.trend_in_weeks - numbers.number)', as_of()) }} as date) as week_end
    from settings
    inner join {{ numbers_to('52') }} as numbers on numbers.number between 1 and settings.trend_in_weeks

),

weeks as (

    select
        ends.week_number,
        score_settings.half_life_in_days,
        cast({{ dbt.dateadd('day', '-score_settings.window_in_days', 'ends.week_end') }} as date) as first_date,
        ends.week_end
    from ends
    cross join {{ ref('score_settings') }} as score_settings

),

types as (

    select * from {{ ref('activity_types') }}
    where direction = 'inbound' and counts_as_active and weight > 0

),

acts as (

    select
        acts.customer_id,
        weeks.week_number,
        weeks.half_life_in_days,
        least(acts.n_human, types.daily_cap) * types.weight as points,
        {{ dbt.datediff('acts.activity_date', 'weeks.week_end', 'day') }} - 1 as age_in_days
    from {{ ref('int_day__customer_activities') }} as acts
    inner join types on acts.activity = types.activity
    inner join weeks on acts.activity_date >= weeks.first_date and acts.activity_date < weeks.week_end
    where acts.n_human > 0

),

totals as (

    select
        customer_id,
        week_number,
        sum(cast(points * {{ decay('age_in_days') }} as decimal(18, 6))) as raw_score
    from acts
    group by customer_id, week_number

),

beginning as (

    select min(date_day) as first_day from {{ ref('int_coverage__days') }}

),

-- a week counts once the customer was there, and once the data reach back over the whole window of its score
final as (

    select
        customers.customer_id,
        weeks.week_number,
        cast(coalesce(totals.raw_score, 0) as decimal(18, 6)) as raw_score,
        weeks.week_end
    from {{ ref('int_customer__activity') }} as customers
    inner join weeks on customers.first_active_date < weeks.week_end
    cross join beginning
    left join totals on customers.customer_id = totals.customer_id and weeks.week_number = totals.week_number
    where beginning.first_day <= weeks.first_date

)

select * from final
