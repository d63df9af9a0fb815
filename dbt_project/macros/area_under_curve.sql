{# How many without the outcome stand below a level, those at the level itself by half. #}
{% macro n_below(partition) -%}
    sum(n_without) over (partition by {{ partition }} order by level rows unbounded preceding) - n_without / 2.0
{%- endmacro %}

{# The area under the ROC curve of the levels: the share of pairs, one with the outcome and one without, in that order. #}
{% macro area_under_curve() -%}
    sum(n_with * n_below) / nullif(cast(sum(n_with) as double) * sum(n_without), 0)
{%- endmacro %}
