with

scores as (

    select * from {{ ref('int_market__scores') }}

),

customers as (

    select
        customer_id,
        segment
    from {{ ref('int_market__customers') }}

),

final as (

    select
        customers.segment,
        count(*) as n_in_both_months,
        sum(before.raw_score) as score_before,
        sum(scores.raw_score) as score_after,
        scores.score_month
    from scores
    inner join scores as before
        on
            scores.customer_id = before.customer_id
            and scores.score_month = cast({{ dbt.dateadd('month', 1, 'before.score_month') }} as date)
    inner join customers on scores.customer_id = customers.customer_id
    group by customers.segment, scores.score_month

)

select * from final
