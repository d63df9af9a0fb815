{{ config(materialized='view') }}

-- What a predictor reaches in each replicate, and how far that is ahead of recency and of the
-- version before in the same replicate.
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
        reached.reached - recency.reached as ahead_of_recency,
        case when reached.predictor = 'score' then reached.reached - incumbent.reached end as ahead_of_incumbent
    from reached
    {% for rival in ['recency', 'incumbent'] %}
    left join reached as {{ rival }}
        on
            {{ rival }}.predictor = '{{ rival }}'
            and reached.outcome = {{ rival }}.outcome
            and reached.segment = {{ rival }}.segment
            and reached.horizon_in_days = {{ rival }}.horizon_in_days
            and reached.replicate = {{ rival }}.replicate
    {% endfor %}

)

select * from final
