{#
    Whether a partition day has to be read in this build: a literal list, so that DuckDB opens no other file.
    `margin` takes that many days before and after each touched day with it. No touched days: every day.
    Only a date passes, so that a variable never is SQL.
#}
{% macro in_touched_days(column, margin=0) -%}
    {%- if not var('touched_days') -%}
        true
    {%- else -%}
        {%- set days = [] -%}
        {%- for day in var('touched_days') -%}
            {%- for step in range(-margin, margin + 1) -%}
                {%- do days.append((modules.datetime.date.fromisoformat(day) + modules.datetime.timedelta(days=step)).isoformat()) -%}
            {%- endfor -%}
        {%- endfor -%}
        {{ column }} in ({% for day in days | unique | sort %}date '{{ day }}'{{ ', ' if not loop.last }}{% endfor %})
    {%- endif -%}
{%- endmacro %}

{# Before an incremental model writes: empty the touched days, so that a day that lost its rows loses them here. #}
{% macro empty_touched_days(column='_day') -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where {{ in_touched_days(column) }}
    {%- endif -%}
{%- endmacro %}

{# The end of the window, exclusive: the day after the last built one. #}
{% macro as_of() -%}
    {%- if var('as_of') -%}
        date '{{ modules.datetime.date.fromisoformat(var('as_of')).isoformat() }}'
    {%- else -%}
        (select cast({{ dbt.dateadd('day', 1, 'max(coverage_bounds._day)') }} as date)
        from {{ ref('stg_rapport__receipts') }} as coverage_bounds)
    {%- endif -%}
{%- endmacro %}

{# Before anything else: a full refresh drops the history, so it has to read all of it. #}
{% macro refuse_a_partial_refresh() -%}
    {%- if execute and flags.FULL_REFRESH and var('touched_days') -%}
        {%- do exceptions.raise_compiler_error('a full refresh reads every day: leave touched_days empty') -%}
    {%- endif -%}
{%- endmacro %}
