{# What is known of an activity before it is known whose it is, in the one order that all models of the spine keep. #}
{% macro activity_columns(relation) -%}
    {%- for column in [
        'activity_id', 'source_record_id', 'identifier_value', 'campaign_id', 'content_id', 'owner_id', 'product_id',
        'thread_id', 'mkt_source', 'mkt_medium', 'source_system', 'activity', 'identifier_type', 'machine_reason',
        'default_channel_group', 'feature_json', 'engaged_time_in_s', 'revenue_impact', 'is_stateful', 'activity_date',
        '_day', 'ts'
    ] %}
        {{ relation }}.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# Columns of the spine that a source says nothing of: texts, all null. #}
{% macro unsaid(columns) -%}
    {%- for column in columns -%}
        cast(null as {{ dbt.type_string() }}) as {{ column }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
