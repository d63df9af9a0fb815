{% set figures = [
    'n_delivered', 'n_tracked_delivered', 'n_complainable', 'n_spam_complaints', 'n_views', 'n_views_consented',
    'n_ethics_voices', 'n_ethics_with_sentiment', 'ethics_balance'
] %}

with

months as (

    select
        cast({{ dbt.date_trunc('month', 'kpi_date') }} as date) as trust_month,
        max(case when has_email then 1 else 0 end) = 1 as has_email
    from {{ ref('int_kpi__dates') }}
    where segment = 'all'
    group by {{ dbt.date_trunc('month', 'kpi_date') }}

),

figures as (

    select
        months.trust_month,
        months.has_email,
        {% for figure in figures %}
        {{ whole("sum(case when trust.what = '" ~ figure ~ "' then trust.n end)") }} as {{ figure }},
        {% endfor %}
        cast({{ dbt.dateadd('month', 1, 'months.trust_month') }} as date) <= {{ as_of() }} as is_closed
    from months
    left join {{ ref('int_voice__trust') }} as trust on months.trust_month = trust.trust_month
    group by months.trust_month, months.has_email

),

final as (

    select
        {{ where_covered('has_email or n_delivered > 0', 'n_delivered') }} as n_delivered,
        {{ where_covered('has_email or n_delivered > 0', 'n_tracked_delivered') }} as n_tracked_delivered,
        {{ share('n_tracked_delivered', 'n_delivered') }} as tracking_coverage,
        {{ where_covered('n_views > 0', 'n_views') }} as n_views,
        {{ where_covered('n_views > 0', 'n_views_consented') }} as n_views_consented,
        {{ share('n_views_consented', 'n_views') }} as consented_share,
        {{ where_covered('n_complainable > 0', 'n_complainable') }} as n_complainable,
        {{ where_covered('n_complainable > 0', 'n_spam_complaints') }} as n_spam_complaints,
        {{ share('n_spam_complaints', 'n_complainable') }} as spam_complaint_rate,
        n_ethics_voices,
        n_ethics_with_sentiment,
        {{ share('ethics_balance', 'n_ethics_with_sentiment') }} as ethics_net_sentiment,
        is_closed,
        trust_month
    from figures

)

select * from final
