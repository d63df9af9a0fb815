{{ config(materialized='view') }}

-- How many customers stand behind a figure, and what the highest tenth of them did.
with

counts as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        observed_on,
        sum(n) as n,
        sum(n_events) as n_events,
        sum(case when decile = 10 then n else 0 end) as n_top,
        sum(case when decile = 10 then n_events else 0 end) as n_events_top
    from {{ ref('int_validation__deciles') }}
    group by predictor, outcome, segment, horizon_in_days, observed_on

),

final as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        count(*) as n_dates,
        sum(n) as n,
        sum(n_events) as n_events,
        max(n_events) as n_customers_with_event,
        max(n - n_events) as n_customers_without,
        {{ share('sum(n_events_top)', 'sum(n_top)') }} / nullif({{ share('sum(n_events)', 'sum(n)') }}, 0) as lift_top10
    from counts
    group by predictor, outcome, segment, horizon_in_days

)

select * from final
