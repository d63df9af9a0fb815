{{ config(materialized='view') }}

-- What the earlier Mondays foretell for the latest one, a tenth of the customers after the other: 1 is neither too bold
-- nor too shy, 0 is no use. Only Mondays whose horizon was over by the latest one: nothing else was known by then.
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
        grid.is_latest
    from {{ ref('int_validation__deciles') }} as deciles
    inner join {{ ref('int_validation__grid') }} as grid
        on deciles.horizon_in_days = grid.horizon_in_days and deciles.observed_on = grid.observed_on
    inner join latest on deciles.horizon_in_days = latest.horizon_in_days
    where
        deciles.outcome not in ('revenue', 'share_of_wallet')
        and (grid.is_latest or grid.outcome_to <= latest.observed_on)

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

-- in whole millionths, whose sums are exact: what foretells the same everywhere has no slope, and not a wild one
wholes as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        cast(round(1e6 * foretold) as bigint) as foretold,
        cast(round(1e6 * came) as bigint) as came,
        cast(n as bigint) as n
    from compared
    where foretold is not null and came is not null

),

sums as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        sum(n) as n,
        sum(n * foretold) as foretold,
        sum(n * came) as came,
        sum(n * foretold * came) as foretold_came,
        sum(n * foretold * foretold) as foretold_foretold
    from wholes
    group by predictor, outcome, segment, horizon_in_days

),

final as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        round(
            cast(n * foretold_came - foretold * came as double)
            / nullif(cast(n * foretold_foretold - foretold * foretold as double), 0),
            6
        ) as calibration_slope
    from sums

)

select * from final
