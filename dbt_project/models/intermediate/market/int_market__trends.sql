-- The least-squares slope over the last closed cohorts, per cohort: (n Σxy − Σx Σy) / (n Σx² − (Σx)²).
with

closed as (

    select
        segment,
        cohort_month,
        cast(cast(n_repeat_buyers_90d as double) / n_buyers as decimal(9, 6)) as repeat_rate,
        cast(cast(n_retained as double) / n_buyers as decimal(9, 6)) as retained_rate,
        row_number() over (partition by segment order by cohort_month) as place
    from {{ ref('int_market__cohorts') }}
    where n_repeat_buyers_90d is not null and n_retained is not null

),

summed as (

    select
        closed.segment,
        closed.cohort_month,
        settings.cohorts_in_trend,
        count(*) as n,
        sum(past.place) as sum_x,
        sum(past.place * past.place) as sum_xx,
        sum(past.repeat_rate) as sum_repeat_rate,
        sum(past.place * past.repeat_rate) as sum_x_repeat_rate,
        sum(past.retained_rate) as sum_retained_rate,
        sum(past.place * past.retained_rate) as sum_x_retained_rate
    from closed
    cross join {{ ref('market_settings') }} as settings
    inner join closed as past
        on
            closed.segment = past.segment
            and past.place between closed.place - settings.cohorts_in_trend + 1 and closed.place
    group by closed.segment, closed.cohort_month, settings.cohorts_in_trend

),

final as (

    select
        segment,
        {% for rate, trend in [('repeat_rate', 'loyalty_trend'), ('retained_rate', 'retention_trend')] %}
        round(cast(n * sum_x_{{ rate }} - sum_x * sum_{{ rate }} as double) / (n * sum_xx - sum_x * sum_x), 6)
            as {{ trend }},
        {% endfor %}
        cohort_month
    from summed
    where n = cohorts_in_trend

)

select * from final
