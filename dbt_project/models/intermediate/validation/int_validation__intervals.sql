{{ config(materialized='view') }}

-- What a predictor reaches, and how far that is ahead of recency, each with its 95 % interval.
with

reached as (

    select * from {{ ref('int_validation__resampled') }}

),

final as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        max(case when replicate = 0 then reached end) as reached,
        percentile_cont(0.025) within group (order by case when replicate > 0 then reached end) as reached_low,
        percentile_cont(0.975) within group (order by case when replicate > 0 then reached end) as reached_high,
        max(case when replicate = 0 then ahead_of_recency end) as ahead,
        percentile_cont(0.025) within group (order by case when replicate > 0 then ahead_of_recency end) as ahead_low,
        percentile_cont(0.975) within group (order by case when replicate > 0 then ahead_of_recency end) as ahead_high
    from reached
    group by predictor, outcome, segment, horizon_in_days

)

select * from final
