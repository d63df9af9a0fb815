{# A value where a source covers it, null where none does: null is not zero. #}
{% macro where_covered(condition, value) -%}
    case when {{ condition }} then {{ value }} end
{%- endmacro %}
