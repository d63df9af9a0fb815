{#
    Where a value stands among the others of its partition, above 0 and below 1: its mean rank less a half, over how many
    there are. Values alike share a place.
#}
{% macro place_of(value, partition) -%}
    (
        rank() over (partition by {{ partition }} order by {{ value }}) - 0.5
        + (count(*) over (partition by {{ partition }}, {{ value }}) - 1) / 2.0
    ) / count(*) over (partition by {{ partition }})
{%- endmacro %}
