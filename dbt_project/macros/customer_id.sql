{# The id of a customer who was never seen before: short, opaque, the same for the same seed. #}
{% macro customer_id(seed) -%}concat('c_', substr({{ dbt.hash(seed) }}, 1, 20)){%- endmacro %}

{# Before all time and after it: the bounds of what always holds, so that a join needs no coalesce. #}
{% macro always_from() -%}cast('1970-01-01 00:00:00' as timestamp){%- endmacro %}

{% macro always_to() -%}cast('9999-12-31 00:00:00' as timestamp){%- endmacro %}
