{{ config(materialized='view') }}

-- What a predictor reaches in each replicate, and how far that is ahead of recency in the same replicate.
with

reached as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        replicate,
        reached
    from {{ ref('int_validation__areas') }}
    union all
    select
        predictor,
        'revenue' as outcome,
        segment,
        horizon_in_days,
        replicate,
        reached
    from {{ ref('int_validation__correlations') }}

),

final as (

    select
        reached.*,
        reached.reached - rival.reached as ahead_of_recency
    from reached
    left join reached as rival
        on
            rival.predictor = 'recency'
            and reached.outcome = rival.outcome
            and reached.segment = rival.segment
            and reached.horizon_in_days = rival.horizon_in_days
            and reached.replicate = rival.replicate

)

select * from final
