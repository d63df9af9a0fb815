{{ config(materialized='view') }}

-- What a predictor reaches, and how far that is ahead of its rivals, each with its 95 % interval.
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
        {{ with_interval('reached') }},
        {{ with_interval('ahead_of_recency') }},
        {{ with_interval('ahead_of_incumbent') }}
    from reached
    group by predictor, outcome, segment, horizon_in_days

)

select * from final
