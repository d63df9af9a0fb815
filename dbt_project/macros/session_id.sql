{# What a session is called: who it is, and when it began. #}
{% macro session_id(actor_id, started_at) -%}
    {{ dbt.hash("concat(" ~ actor_id ~ ", '#', cast(" ~ started_at ~ " as varchar))") }}
{%- endmacro %}
