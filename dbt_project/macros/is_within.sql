{# Whether a date lies in the last `days` days, a number or a column, before the end of the built span. #}
{% macro is_within(column, days) -%}
    ({{ column }} >= cast({{ dbt.dateadd('day', '-' ~ days, as_of()) }} as date) and {{ column }} < {{ as_of() }})
{%- endmacro %}
