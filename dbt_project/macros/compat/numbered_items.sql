{# One row per item of a list, as `item`, with its place from 1 as `item_position`. #}
{% macro numbered_items(columns, relation, items) -%}{{ return(adapter.dispatch('numbered_items', 'rapport')(columns, relation, items)) }}{%- endmacro %}
{% macro default__numbered_items(columns, relation, items) -%}
    select {{ columns | join(', ') }}, items.item, items.item_position
    from {{ relation }} cross join unnest({{ items }}) with ordinality as items (item, item_position)
{%- endmacro %}
{% macro duckdb__numbered_items(columns, relation, items) -%}
    select {{ columns | join(', ') }}, unnest({{ items }}) as item, unnest(range(1, len({{ items }}) + 1)) as item_position
    from {{ relation }}
{%- endmacro %}
