{{ config(materialized='view') }}

with

counts as (

    select * from {{ ref('int_relation__counts') }}
    where n_acts is not null

),

tiers as (

    select * from {{ ref('engagement_tiers') }}

),

reached as (

    select
        counts.customer_id,
        max(tiers.tier_rank) as tier_rank
    from counts
    inner join tiers
        on
            counts.n_acts >= tiers.least_acts
            and coalesce(counts.n_participate, 0) >= tiers.least_participations
            and coalesce(counts.n_contributions, 0) >= tiers.least_contributions
            and coalesce(counts.n_creations, 0) >= tiers.least_creations
            and coalesce(counts.n_advocacy_365d, 0) >= tiers.least_advocacy
    group by counts.customer_id

),

final as (

    select
        reached.customer_id,
        tiers.tier as engagement_tier
    from reached
    inner join tiers on reached.tier_rank = tiers.tier_rank

)

select * from final
