{#
    Whether a partition day is before the end of the window, where one was given: publishing/window.py tells it to each
    connection, so that a view reads the same in each build, and DuckDB opens no file of a later day.
#}
{% macro is_in_window(day) -%}
    {{ day }} < coalesce(getvariable('as_of'), date 'infinity')
{%- endmacro %}
