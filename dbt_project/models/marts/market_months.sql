with

months as (

    select
        segment,
        cast({{ dbt.date_trunc('month', 'kpi_date') }} as date) as market_month
    from {{ ref('int_kpi__dates') }}
    group by segment, {{ dbt.date_trunc('month', 'kpi_date') }}

),

started as (

    select
        segment,
        started_month,
        count(*) as new_customers,
        sum(case when is_from_new_country then 1 else 0 end) as new_country_customers,
        sum(case when is_from_new_industry then 1 else 0 end) as new_industry_customers,
        sum(case when is_from_new_segment then 1 else 0 end) as new_segment_customers
    from {{ ref('int_market__customers') }}
    group by segment, started_month

),

closed as (

    select
        *,
        cast({{ dbt.dateadd('month', 1, 'market_month') }} as date) <= {{ as_of() }} as is_closed
    from months

),

final as (

    select
        closed.segment,
        {{ whole('started.new_customers') }} as new_customers,
        {{ whole('started.new_country_customers') }} as new_country_customers,
        {{ whole('started.new_industry_customers') }} as new_industry_customers,
        {{ whole('started.new_segment_customers') }} as new_segment_customers,
        {{ where_covered('closed.is_closed', whole('depths.n_in_both_months')) }} as n_in_both_months,
        {{ share(where_covered('closed.is_closed', 'depths.score_before'), 'depths.n_in_both_months') }}
            as score_before,
        {{ share(where_covered('closed.is_closed', 'depths.score_after'), 'depths.n_in_both_months') }} as score_after,
        {{ share(
            where_covered('closed.is_closed', 'depths.score_after - depths.score_before'), 'depths.n_in_both_months'
        ) }} as depth_delta,
        {{ whole('cohorts.n_buyers') }} as n_buyers,
        {{ whole('cohorts.n_repeat_buyers') }} as n_repeat_buyers,
        {{ share('cohorts.n_repeat_buyers', 'cohorts.n_buyers') }} as repeat_purchase_rate,
        cast(cohorts.n_repeat_buyers_90d as bigint) as n_repeat_buyers_90d,
        {{ share('cohorts.n_repeat_buyers_90d', 'cohorts.n_buyers') }} as repeat_purchase_rate_90d,
        cast(cohorts.n_retained as bigint) as n_retained_month_3,
        {{ share('cohorts.n_retained', 'cohorts.n_buyers') }} as retention_rate_month_3,
        cast(trends.loyalty_trend as double) as loyalty_trend,
        cast(trends.retention_trend as double) as retention_trend,
        closed.is_closed,
        closed.market_month
    from closed
    left join started on closed.segment = started.segment and closed.market_month = started.started_month
    left join {{ ref('int_market__depths') }} as depths
        on closed.segment = depths.segment and closed.market_month = depths.score_month
    left join {{ ref('int_market__cohorts') }} as cohorts
        on closed.segment = cohorts.segment and closed.market_month = cohorts.cohort_month
    left join {{ ref('int_market__trends') }} as trends
        on closed.segment = trends.segment and closed.market_month = trends.cohort_month

)

select * from final
