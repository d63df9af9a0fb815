{# The partition days that changed since the last build, from RAPPORT_TOUCHED_DAYS, where not all of them are read. #}
{% macro touched_days() -%}
    {#-
        Only where a model or a hook runs, so never in a config: what is read while dbt parses would have it parse the
        project anew each day.
    -#}
    {%- set days = [] -%}
    {%- for day in (env_var('RAPPORT_TOUCHED_DAYS', '') if execute else '1970-01-01').split(',') if day -%}
        {%- do days.append(modules.datetime.date.fromisoformat(day)) -%}
    {%- endfor -%}
    {{ return(days) }}
{%- endmacro %}

{#
    Whether a partition day has to be read in this build: a literal list, so that DuckDB opens no other file.
    `margin` takes that many days before and after each touched day with it. In a whole build: every day.
    Only a date passes, so that a variable never is SQL.
#}
{% macro in_touched_days(column, margin=0) -%}
    {%- if is_whole_build() -%}
        true
    {%- else -%}
        {%- set days = [] -%}
        {%- for day in touched_days() -%}
            {%- for step in range(-margin, margin + 1) -%}
                {%- do days.append((day + modules.datetime.timedelta(days=step)).isoformat()) -%}
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

{# The end of the window, exclusive: RAPPORT_AS_OF or else the day after the newest partition. #}
{% macro as_of() -%}
    {%- set day = env_var('RAPPORT_AS_OF', '') if execute -%}
    {%- if day -%}
        date '{{ modules.datetime.date.fromisoformat(day).isoformat() }}'
    {%- else -%}
        (select coverage_end.as_of_date from {{ ref('int_coverage__end') }} as coverage_end)
    {%- endif -%}
{%- endmacro %}

{# Before anything else: a full refresh drops the history, so it has to read all of it. #}
{% macro refuse_a_partial_refresh() -%}
    {%- if execute and flags.FULL_REFRESH and not is_whole_build() -%}
        {%- do exceptions.raise_compiler_error('a full refresh reads every day: leave RAPPORT_TOUCHED_DAYS empty') -%}
    {%- endif -%}
{%- endmacro %}
