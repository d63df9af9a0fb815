{%- set metrics = [
    'active_customers_1d', 'active_customers_7d', 'active_customers_28d', 'stickiness', 'retained_customers',
    'cohort_size', 'retention_rate', 'n_sessions', 'n_sessions_timed', 'engaged_time_in_s',
    'average_engaged_time_in_s', 'median_engaged_time_in_s', 'interactions_28d', 'interactions_per_30d',
    'customers_with_email_consent', 'n_tracked_delivered', 'n_clicked', 'n_clicked_human',
    'n_people_tracked_delivered', 'n_people_clicked', 'n_people_clicked_human', 'ctr_raw', 'ctr_human', 'n_likes',
    'n_comments', 'n_shares', 'n_mentions', 'social_engagements', 'converting_customers_28d', 'conversion_rate'
] %}

with

days as (

    select * from {{ ref('int_kpi__days') }}

),

final as (

    {% for metric in metrics %}
    select
        segment,
        '{{ metric }}' as metric,
        cast({{ metric }} as double) as value,
        kpi_date
    from days
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from final
