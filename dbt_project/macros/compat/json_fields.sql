{# The fields of a JSON text as typed columns: `fields` maps a field's name to its type. A list stays JSON text. #}
{% macro json_fields(text, fields) -%}{{ return(adapter.dispatch('json_fields', 'rapport')(text, fields)) }}{%- endmacro %}

{% macro default__json_fields(text, fields) -%}
    {%- for name, type in fields.items() %}
        cast(cast({{ text }} as json) ->> '{{ name }}' as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
