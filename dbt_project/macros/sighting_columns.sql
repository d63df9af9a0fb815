{# What is known of a sighting when it is read, in the one order that every vendor's sightings keep. #}
{% macro sighting_columns(relation) -%}
    {%- for column in [
        'source_system', 'record_type', 'record_id', 'rule', 'identifier_type', 'identifier_value', 'exclusion',
        'seen_at', 'seen_until', '_day', 'statement_id'
    ] %}
        {{ relation }}.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
