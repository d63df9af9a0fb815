{# The four values that cut a column into fifths, as a list to index from 1. #}
{% macro fifths(column) -%}{{ return(adapter.dispatch('fifths', 'rapport')(column)) }}{%- endmacro %}
{% macro default__fifths(column) -%} percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by {{ column }}) {%- endmacro %}
{% macro duckdb__fifths(column) -%} quantile_disc({{ column }}, [0.2, 0.4, 0.6, 0.8]) {%- endmacro %}
