with

contributions as (

    select
        customer_id,
        sum(points) as points,
        sum(delta_7d) as delta_7d
    from {{ ref('score_contributions') }}
    where as_of_date = {{ as_of() }}
    group by customer_id

)

select
    scores.customer_id,
    scores.raw_score,
    contributions.points,
    scores.delta_7d,
    contributions.delta_7d as delta_of_contributions
from {{ ref('customer_scores') }} as scores
left join contributions on scores.customer_id = contributions.customer_id
where
    scores.as_of_date = {{ as_of() }}
    and (
        abs(scores.raw_score - coalesce(contributions.points, 0)) > 1e-9
        or abs(scores.delta_7d - coalesce(contributions.delta_7d, 0)) > 1e-9
    )
