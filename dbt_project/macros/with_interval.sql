{# A figure as all customers make it (replicate 0), and the ends of its 95 % interval over the replicates. #}
{% macro with_interval(figure) -%}
    max(case when replicate = 0 then {{ figure }} end) as {{ figure }},
    percentile_cont(0.025) within group (order by case when replicate > 0 then {{ figure }} end) as {{ figure }}_low,
    percentile_cont(0.975) within group (order by case when replicate > 0 then {{ figure }} end) as {{ figure }}_high
{%- endmacro %}
