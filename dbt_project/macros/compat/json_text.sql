{# A JSON object as text from a mapping of names to SQL expressions. #}
{% macro json_text(fields) -%}{{ return(adapter.dispatch('json_text', 'rapport')(fields)) }}{%- endmacro %}
{% macro default__json_text(fields) -%}
    cast(json_object({% for name, value in fields.items() %}'{{ name }}', {{ value }}{{ ', ' if not loop.last }}{% endfor %}) as {{ dbt.type_string() }})
{%- endmacro %}
