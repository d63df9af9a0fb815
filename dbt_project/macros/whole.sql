{# A count of what a covered source knows: nothing there is 0, as a whole number. #}
{% macro whole(column) -%}
    cast(coalesce({{ column }}, 0) as bigint)
{%- endmacro %}

{# A rate from its two columns; null where nobody could have done it. #}
{% macro share(numerator, denominator) -%}
    cast({{ numerator }} as double) / nullif({{ denominator }}, 0)
{%- endmacro %}

{# A value where a source covers it, null where none does: null is not zero. #}
{% macro where_covered(condition, value) -%}
    case when {{ condition }} then {{ value }} end
{%- endmacro %}
