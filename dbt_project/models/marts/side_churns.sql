with

sides as (

    select
        scores.*,
        activity.last_active_date < scores.end_date as is_gone
    from {{ ref('int_side__scores') }} as scores
    inner join {{ ref('int_customer__activity') }} as activity on scores.customer_id = activity.customer_id
    where not scores.is_now and scores.is_habit_not_love is not null

),

final as (

    select
        b2b_b2c,
        count(*) as n_customers,
        cast(sum(case when is_gone then 1 else 0 end) as bigint) as n_churned,
        {{ share('sum(case when is_gone then 1 else 0 end)', 'count(*)') }} as churn_rate,
        is_habit_not_love,
        end_date as observed_on
    from sides
    group by b2b_b2c, is_habit_not_love, end_date

)

select * from final
