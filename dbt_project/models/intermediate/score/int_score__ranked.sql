-- The share of the customer's segment whose raw score is lower: percent_rank, counted once for each distinct score.
with

customers as (

    select * from {{ ref('int_customer__customers') }}

),

totals as (

    select
        customer_id,
        sum(points) as raw_score,
        sum(points_then) as raw_score_then
    from {{ ref('int_score__points') }}
    group by customer_id

),

scored as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        cast(coalesce(totals.raw_score, 0) as decimal(18, 6)) as raw_score,
        cast(coalesce(totals.raw_score_then, 0) as decimal(18, 6)) as raw_score_then
    from customers
    left join totals on customers.customer_id = totals.customer_id

),

levels as (

    select
        b2b_b2c,
        raw_score,
        count(*) as n
    from scored
    group by b2b_b2c, raw_score

),

placed as (

    select
        b2b_b2c,
        raw_score,
        sum(n) over (partition by b2b_b2c order by raw_score rows unbounded preceding) - n as n_below,
        sum(n) over (partition by b2b_b2c) as n_all
    from levels

),

final as (

    select
        scored.customer_id,
        scored.b2b_b2c,
        scored.raw_score,
        scored.raw_score_then,
        case
            when placed.n_all > 1 then 100.0 * cast(placed.n_below as double) / (placed.n_all - 1)
            else 0.0
        end as percentile
    from scored
    inner join placed
        on
            scored.b2b_b2c = placed.b2b_b2c
            and scored.raw_score = placed.raw_score

)

select * from final
