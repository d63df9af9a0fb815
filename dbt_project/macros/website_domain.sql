{# The domain of a website as people type it: with or without https, www and a path. #}
{% macro website_domain(website) -%}
    {%- set host = dbt.replace(dbt.replace('lower(trim(' ~ website ~ '))', "'https://'", "''"), "'http://'", "''") -%}
    nullif({{ dbt.replace(dbt.split_part(host, "'/'", 1), "'www.'", "''") }}, '')
{%- endmacro %}
