{{ config(materialized='view') }}

-- What a predictor reached on each Monday by itself.
with

counts as (

    select
        *,
        n_events as n_with,
        n - n_events as n_without
    from {{ ref('int_validation__counts') }}
    where observed_on is not null

),

levels as (

    select
        *,
        {{ n_below('predictor, outcome, segment, horizon_in_days, observed_on') }} as n_below
    from counts

),

final as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        {{ area_under_curve() }} as reached,
        observed_on
    from levels
    group by predictor, outcome, segment, horizon_in_days, observed_on

)

select * from final
