{# What one send is called: a campaign to a member of its list. #}
{% macro email_send_id(campaign_id, member_id) -%}
    {{ dbt.hash("concat(" ~ campaign_id ~ ", '#', " ~ member_id ~ ")") }}
{%- endmacro %}
