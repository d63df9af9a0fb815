{#
    Every number of `kpi_days`, with the facts that it is made of and the days of them: from `back` days before the
    metric's own (which is 0) to `ahead` days after it, because a session may end on the next day.
#}
{% macro kpi_metrics() -%}
    {%- set of_acts = {
        'active_customers_1d': (0, 0), 'active_customers_7d': (6, 0), 'active_customers_28d': (27, 0), 'stickiness': (27, 0),
        'retained_customers': (55, 0), 'cohort_size': (55, 0), 'retention_rate': (55, 0),
        'n_sessions': (1, 1), 'n_sessions_timed': (1, 1), 'engaged_time_in_s': (1, 1), 'average_engaged_time_in_s': (1, 1),
        'median_engaged_time_in_s': (1, 1), 'interactions_28d': (27, 0), 'interactions_per_30d': (27, 0),
        'n_likes': (0, 0), 'n_comments': (0, 0), 'n_shares': (0, 0), 'n_mentions': (0, 0), 'social_engagements': (0, 0),
        'converting_customers_28d': (27, 0), 'conversion_rate': (27, 0)
    } -%}
    {%- set of_sends = ['n_tracked_delivered', 'n_clicked', 'n_clicked_human', 'ctr_raw', 'ctr_human'] -%}
    {%- set found = {} -%}
    {%- for metric, span in of_acts.items() -%}
        {%- do found.update({metric: {'facts': 'acts', 'back': span[0], 'ahead': span[1]}}) -%}
    {%- endfor -%}
    {%- for metric in of_sends -%}
        {%- do found.update({metric: {'facts': 'sends', 'back': 0, 'ahead': 0}}) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
