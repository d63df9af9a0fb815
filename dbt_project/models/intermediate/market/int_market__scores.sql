-- The raw score at the end of each month in which a customer was active: what customer_scores would have said then.
with

active as (

    select distinct
        customer_id,
        cast({{ dbt.date_trunc('month', 'activity_date') }} as date) as score_month
    from {{ ref('int_day__customer_days') }}
    where is_active

),

months as (

    select
        *,
        cast({{ dbt.dateadd('month', 1, 'score_month') }} as date) as scored_on
    from active

),

scores as (

    select * from {{ past_scores('months') }} as scores

),

final as (

    select
        months.customer_id,
        cast(coalesce(scores.raw_score, 0) as decimal(18, 6)) as raw_score,
        months.score_month
    from months
    left join scores on months.customer_id = scores.customer_id and months.scored_on = scores.scored_on

)

select * from final
