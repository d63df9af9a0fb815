{# A table of whole numbers, `number`, from 0 to the last, both in it. #}
{% macro numbers_to(last) -%}{{ return(adapter.dispatch('numbers_to', 'rapport')(last)) }}{%- endmacro %}
{% macro default__numbers_to(last) -%} (select steps.number from generate_series(0, {{ last }}) as steps (number)) {%- endmacro %}
{% macro duckdb__numbers_to(last) -%} (select unnest(range(0, cast({{ last }} as bigint) + 1)) as number) {%- endmacro %}
