{# dbt's own `source`, up to the end of the window: a build sees nothing of the days still to come. #}
{% macro source(name, table) -%}
    {%- set relation = builtins.source(name, table) -%}
    {%- if execute and relation.external and name != 'rapport' -%}
        (select * from {{ relation }} where {{ is_in_window('day') }})
    {%- else -%}
        {{ return(relation) }}
    {%- endif -%}
{%- endmacro %}
