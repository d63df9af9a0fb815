{# What a session is called: who watched, who it is, and when it began. #}
{% macro session_id(source_system, actor_id, started_at) -%}
    {{ dbt.hash("concat(" ~ source_system ~ ", '#', " ~ actor_id ~ ", '#', cast(" ~ started_at ~ " as varchar))") }}
{%- endmacro %}
