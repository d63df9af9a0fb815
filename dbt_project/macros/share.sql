{# A rate from its two columns; null where nobody could have done it. #}
{% macro share(numerator, denominator) -%}
    cast({{ numerator }} as double) / nullif({{ denominator }}, 0)
{%- endmacro %}
