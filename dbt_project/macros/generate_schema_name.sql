{# A schema is called what the folder says: staging, intermediate, marts, seeds. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
