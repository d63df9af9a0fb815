{# The middle value of a column, between the two middle ones where their number is even. #}
{% macro median(column) -%}{{ return(adapter.dispatch('median', 'rapport')(column)) }}{%- endmacro %}
{% macro default__median(column) -%} percentile_cont(0.5) within group (order by {{ column }}) {%- endmacro %}
{% macro duckdb__median(column) -%} median({{ column }}) {%- endmacro %}
