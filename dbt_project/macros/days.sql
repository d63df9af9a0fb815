{# Whether this build makes everything anew, as a first build and a full refresh do. #}
{% macro is_whole_build() -%}
    {{ return(not var('touched_days')) }}
{%- endmacro %}

{# The table that the last build left under this name: what a change is told from, and no dependency. #}
{% macro last_build(name, schema='intermediate') -%}
    {{ return(api.Relation.create(database=target.database, schema=schema, identifier=name)) }}
{%- endmacro %}
