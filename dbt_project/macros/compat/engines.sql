{# The value of `wanted` in the row where `by` is least; null values are passed over. #}
{% macro first_by(wanted, by) -%}{{ return(adapter.dispatch('first_by')(wanted, by)) }}{%- endmacro %}
{% macro default__first_by(wanted, by) -%} min_by({{ wanted }}, {{ by }}) {%- endmacro %}
{% macro duckdb__first_by(wanted, by) -%} arg_min({{ wanted }}, {{ by }}) {%- endmacro %}

{# The value of `wanted` in the row where `by` is greatest; null values are passed over. #}
{% macro last_by(wanted, by) -%}{{ return(adapter.dispatch('last_by')(wanted, by)) }}{%- endmacro %}
{% macro default__last_by(wanted, by) -%} max_by({{ wanted }}, {{ by }}) {%- endmacro %}
{% macro duckdb__last_by(wanted, by) -%} arg_max({{ wanted }}, {{ by }}) {%- endmacro %}

{# One row per item of a list, as `item`, with its place from 1 as `item_position`. #}
{% macro each_item(columns, relation, items) -%}{{ return(adapter.dispatch('each_item')(columns, relation, items)) }}{%- endmacro %}
{% macro default__each_item(columns, relation, items) -%}
    select {{ columns | join(', ') }}, items.item, items.item_position
    from {{ relation }} cross join unnest({{ items }}) with ordinality as items (item, item_position)
{%- endmacro %}
{% macro duckdb__each_item(columns, relation, items) -%}
    select {{ columns | join(', ') }}, unnest({{ items }}) as item, unnest(range(1, len({{ items }}) + 1)) as item_position
    from {{ relation }}
{%- endmacro %}

{# A JSON object as text from a mapping of names to SQL expressions. #}
{% macro json_text(fields) -%}{{ return(adapter.dispatch('json_text')(fields)) }}{%- endmacro %}
{% macro default__json_text(fields) -%}
    cast(json_object({% for name, value in fields.items() %}'{{ name }}', {{ value }}{{ ', ' if not loop.last }}{% endfor %}) as {{ dbt.type_string() }})
{%- endmacro %}

{# The four values that cut a column into fifths, as a list to index from 1. #}
{% macro fifths(column) -%}{{ return(adapter.dispatch('fifths')(column)) }}{%- endmacro %}
{% macro default__fifths(column) -%} percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by {{ column }}) {%- endmacro %}
{% macro duckdb__fifths(column) -%} quantile_disc({{ column }}, [0.2, 0.4, 0.6, 0.8]) {%- endmacro %}

{# Whole seconds since 1970, UTC. #}
{% macro epoch_seconds(moment) -%}{{ return(adapter.dispatch('epoch_seconds')(moment)) }}{%- endmacro %}
{% macro default__epoch_seconds(moment) -%} cast(extract(epoch from {{ moment }}) as bigint) {%- endmacro %}
{% macro duckdb__epoch_seconds(moment) -%} epoch_us({{ moment }}) // 1000000 {%- endmacro %}
