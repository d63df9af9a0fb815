{# What is left of a point after some days: a half after each half-life. #}
{% macro decay(age_in_days, half_life_in_days='half_life_in_days') -%}
    power(0.5, cast({{ age_in_days }} as double) / {{ half_life_in_days }})
{%- endmacro %}
