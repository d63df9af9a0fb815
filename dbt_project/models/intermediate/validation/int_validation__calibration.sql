{{ config(materialized='view') }}

-- What the earlier Mondays foretell for the latest one, a tenth of the customers after the other: 1 is neither too bold
-- nor too shy, 0 is no use.
with

latest as (

    select
        horizon_in_days,
        observed_on
    from {{ ref('int_validation__grid') }}
    where is_latest

),

deciles as (

    select
        deciles.*,
        latest.observed_on is not null as is_latest
    from {{ ref('int_validation__deciles') }} as deciles
    left join latest
        on deciles.horizon_in_days = latest.horizon_in_days and deciles.observed_on = latest.observed_on
    where deciles.outcome <> 'revenue'

),

compared as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        decile,
        {{ share('sum(case when not is_latest then n_events end)', 'sum(case when not is_latest then n end)') }}
            as foretold,
        {{ share('sum(case when is_latest then n_events end)', 'sum(case when is_latest then n end)') }} as came,
        sum(case when is_latest then n end) as n
    from deciles
    group by predictor, outcome, segment, horizon_in_days, decile

),

final as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        round(
            (sum(n) * sum(n * foretold * came) - sum(n * foretold) * sum(n * came))
            / nullif(sum(n) * sum(n * foretold * foretold) - sum(n * foretold) * sum(n * foretold), 0), 6
        ) as calibration_slope
    from compared
    where foretold is not null and came is not null
    group by predictor, outcome, segment, horizon_in_days

)

select * from final
