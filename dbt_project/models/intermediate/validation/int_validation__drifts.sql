{{ config(materialized='view') }}

-- How far the latest Monday lies from the median of all.
with

latest as (

    select
        horizon_in_days,
        observed_on
    from {{ ref('int_validation__grid') }}
    where is_latest

),

final as (

    select
        curves.predictor,
        curves.outcome,
        curves.segment,
        curves.horizon_in_days,
        max(case when latest.observed_on is not null then curves.reached end)
        - percentile_cont(0.5) within group (order by curves.reached) as drift
    from {{ ref('int_validation__curves') }} as curves
    left join latest
        on curves.horizon_in_days = latest.horizon_in_days and curves.observed_on = latest.observed_on
    group by curves.predictor, curves.outcome, curves.segment, curves.horizon_in_days

)

select * from final
