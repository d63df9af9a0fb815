{{ config(materialized='view') }}

-- What a predictor reaches in each replicate, and how far that is ahead of recency (among the same customers) and of
-- the version before in the same replicate.
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
        reached.reached - case when beside.predictor is null then recency.reached else beside.reached end
            as ahead_of_recency,
        case when reached.predictor = 'score' then reached.reached - incumbent.reached end as ahead_of_incumbent
    from reached
    {% for rival, predictor in [
        ('recency', "'recency'"), ('beside', recency_beside('reached.predictor')), ('incumbent', "'incumbent'")
    ] %}
    left join reached as {{ rival }}
        on
            {{ rival }}.predictor = {{ predictor }}
            and reached.outcome = {{ rival }}.outcome
            and reached.segment = {{ rival }}.segment
            and reached.horizon_in_days = {{ rival }}.horizon_in_days
            and reached.replicate = {{ rival }}.replicate
    {% endfor %}
    where {{ stands_alone('reached.predictor') }}

)

select * from final
