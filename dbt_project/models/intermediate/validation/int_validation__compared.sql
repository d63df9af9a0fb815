{{ config(materialized='view') }}

-- The features, and recency once more among those of whom a predictor says something, where it does not of everybody:
-- what only some have told is set against recency among them.
with

features as (

    select * from {{ ref('int_validation__features') }}

),

beside as (

    select
        {{ recency_beside('told.predictor') }} as predictor,
        recency.customer_id,
        recency.b2b_b2c,
        recency.tenure_band,
        recency.draw_group,
        recency.predicted,
        recency.observed_on
    from features as told
    inner join features as recency
        on
            told.customer_id = recency.customer_id
            and told.observed_on = recency.observed_on
            and recency.predictor = 'recency'
    where told.predictor in ('nps', 'csat', 'ces', 'acsi', 'sentiment', 'competitive')

),

final as (

    select * from features
    union all
    select * from beside

)

select * from final
