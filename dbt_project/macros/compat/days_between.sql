{# A table of days, `date_day`, from the first to the last, both in it. #}
{% macro days_between(first, last) -%}{{ return(adapter.dispatch('days_between', 'rapport')(first, last)) }}{%- endmacro %}

{% macro default__days_between(first, last) -%}
    (select cast(steps.step as date) as date_day
    from generate_series(cast({{ first }} as timestamp), cast({{ last }} as timestamp), interval '1 day') as steps (step))
{%- endmacro %}

{% macro duckdb__days_between(first, last) -%}
    (select cast(unnest(generate_series(
        cast({{ first }} as timestamp), cast({{ last }} as timestamp), interval '1 day'
    )) as date) as date_day)
{%- endmacro %}
