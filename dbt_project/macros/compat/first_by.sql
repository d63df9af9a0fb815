{# The value of `wanted` in the row where `by` is least; null values are passed over. #}
{% macro first_by(wanted, by) -%}{{ return(adapter.dispatch('first_by', 'rapport')(wanted, by)) }}{%- endmacro %}
{% macro default__first_by(wanted, by) -%} min_by({{ wanted }}, {{ by }}) {%- endmacro %}
{% macro duckdb__first_by(wanted, by) -%} arg_min({{ wanted }}, {{ by }}) {%- endmacro %}
