{# The places of a list's items, from 1, as a list: beside the items in one select they go in step. #}
{% macro positions(list) -%}{{ return(adapter.dispatch('positions', 'rapport')(list)) }}{%- endmacro %}

{% macro default__positions(list) -%}sequence(1, size({{ list }})){%- endmacro %}

{% macro duckdb__positions(list) -%}range(1, len({{ list }}) + 1){%- endmacro %}
