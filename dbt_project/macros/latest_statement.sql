{#
    One row a key: the statement of the greatest day wins, then the greatest modified time, then the last in the walk.
    `relation` is a CTE over a source; its columns come back with `_recency`, which is 1.
#}
{% macro latest_statement(relation, key, modified=none) -%}
    select *
    from (
        select
            *,
            row_number() over (
                partition by {{ key | join(', ') }}
                order by day desc{{ ', ' ~ modified ~ ' desc nulls last' if modified }}, _seq desc
            ) as _recency
        from {{ relation }}
    ) as ranked
    where _recency = 1
{%- endmacro %}
