{# The value of `wanted` in the row where `by` is greatest; null values are passed over. #}
{% macro last_by(wanted, by) -%}{{ return(adapter.dispatch('last_by', 'rapport')(wanted, by)) }}{%- endmacro %}
{% macro default__last_by(wanted, by) -%} max_by({{ wanted }}, {{ by }}) {%- endmacro %}
{% macro duckdb__last_by(wanted, by) -%} arg_max({{ wanted }}, {{ by }}) {%- endmacro %}
