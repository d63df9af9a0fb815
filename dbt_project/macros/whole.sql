{# A count of what a covered source knows: nothing there is 0, as a whole number. #}
{% macro whole(column) -%}
    cast(coalesce({{ column }}, 0) as bigint)
{%- endmacro %}
