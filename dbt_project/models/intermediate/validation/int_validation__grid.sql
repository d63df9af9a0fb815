-- The Mondays that are looked back from: enough history before them, and the whole horizon after the lead. History
-- begins where both are told of, what customers do and what they buy: of a day before it nobody knows who did nothing.
with

settings as (

    select * from {{ ref('validation_settings') }}

),

covered as (

    select min(date_day) as first_day
    from {{ ref('int_coverage__days') }}
    where is_received

),

bought as (

    select min(ordered_date) as first_day
    from {{ ref('int_order__orders') }}

),

mondays as (

    select distinct
        cast({{ dbt.date_trunc('week', 'activity_date') }} as date) as observed_on,
        greatest(covered.first_day, coalesce(bought.first_day, covered.first_day)) as first_date
    from {{ ref('int_day__customer_activities') }}
    cross join covered
    cross join bought

),

spans as (

    select
        mondays.observed_on,
        horizons.horizon_in_days,
        cast({{ dbt.dateadd('day', 'settings.lead_in_days', 'mondays.observed_on') }} as date) as outcome_from,
        cast({{ dbt.dateadd(
            'day', 'settings.lead_in_days + horizons.horizon_in_days', 'mondays.observed_on'
        ) }} as date) as outcome_to
    from mondays
    cross join settings
    cross join {{ ref('validation_horizons') }} as horizons
    cross join {{ ref('score_settings') }} as score_settings
    where
        {{ dbt.datediff('mondays.first_date', 'mondays.observed_on', 'day') }} >= score_settings.window_in_days

),

ranked as (

    select
        *,
        row_number() over (partition by horizon_in_days order by observed_on desc) as place
    from spans
    where outcome_to <= {{ as_of() }}

),

final as (

    select
        ranked.observed_on,
        ranked.horizon_in_days,
        ranked.outcome_from,
        ranked.outcome_to,
        ranked.place = 1 as is_latest
    from ranked
    cross join settings
    where
        ranked.place <= settings.n_dates * settings.step_in_weeks
        and mod(ranked.place - 1, settings.step_in_weeks) = 0

)

select * from final
