{# dbt's own `source`, up to the end of the window: a build sees nothing of the days still to come. #}
{% macro source(name, table) -%}
    {%- set relation = builtins.source(name, table) -%}
    {%- set as_of = env_var('RAPPORT_AS_OF', '') if execute and relation.external and name != 'rapport' -%}
    {%- if as_of -%}
        (select * from {{ relation }} where day < date '{{ modules.datetime.date.fromisoformat(as_of).isoformat() }}')
    {%- else -%}
        {{ return(relation) }}
    {%- endif -%}
{%- endmacro %}
