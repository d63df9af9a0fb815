-- The raw score as it stood at the end of each of the last weeks.
with

settings as (

    select * from {{ ref('side_settings') }}

),

weeks as (

    select
        numbers.number as week_number,
        cast({{ dbt.dateadd('day', '-7 * (settings.trend_in_weeks - numbers.number)', as_of()) }} as date) as scored_on
    from settings
    inner join {{ numbers_to('52') }} as numbers on numbers.number between 1 and settings.trend_in_weeks

),

totals as (

    select * from {{ past_scores('weeks') }} as scores

),

-- the data reach back over the whole window of its score
covered as (

    select weeks.*
    from weeks
    cross join {{ ref('score_settings') }}
    where
        (select min(days.date_day) from {{ ref('int_coverage__days') }} as days)
        <= {{ dbt.dateadd('day', '-window_in_days', 'weeks.scored_on') }}

),

-- a week counts once the customer was there
final as (

    select
        customers.customer_id,
        covered.week_number,
        cast(coalesce(totals.raw_score, 0) as decimal(18, 6)) as raw_score,
        covered.scored_on as week_end
    from {{ ref('int_customer__activity') }} as customers
    inner join covered on customers.first_active_date < covered.scored_on
    left join totals on customers.customer_id = totals.customer_id and covered.scored_on = totals.scored_on

)

select * from final
