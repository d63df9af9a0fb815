-- percent_rank over all customers of a segment, from the contributions above.
with

totals as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        coalesce(sum(contributions.points), 0) as raw_score,
        coalesce(sum(contributions.points_then), 0) as raw_score_then
    from intermediate.int_customer__customers as customers
    left join scratch.score_contributions as contributions using (customer_id)
    group by all

)

select
    *,
    raw_score - raw_score_then as delta_7d,
    100 * percent_rank() over (partition by b2b_b2c order by raw_score) as score
from totals
