{#
    What the build of the last earlier day told, from `meta.<name>`; no rows where none was remembered. A build of the
    same day again is compared with the same past, so that its restatements are a function of the day.
#}
{% macro told_before(name, columns) -%}
    {%- set told = adapter.get_relation(database=target.database, schema='meta', identifier=name) if execute -%}
    {%- if told -%}
        (
            select * from {{ told }}
            where as_of = (select max(earlier.as_of) from {{ told }} as earlier where earlier.as_of < {{ as_of() }})
        )
    {%- else -%}
        (
            select
                {%- for column, type in columns.items() %}
                cast(null as {{ type }}) as {{ column }},
                {%- endfor %}
                cast(null as date) as as_of
            where false
        )
    {%- endif -%}
{%- endmacro %}

{# After everything else: what this build told, in the place of what an earlier one for the same day did. #}
{% macro remember_kpis(results) -%}
    {%- set kept = {'kpi_values_told': ref('int_kpi__values'), 'kpi_facts_told': ref('int_kpi__facts')} -%}
    {%- set built = results | map(attribute='node.name') | list -%}
    {%- if went_through(results) -%}
        {%- for name, model in kept.items() if model.identifier in built %}
        create table if not exists meta.{{ name }} as
        select *, {{ as_of() }} as as_of from {{ model }} where false;
        delete from meta.{{ name }}
        where
            as_of = {{ as_of() }}
            or as_of < (select max(earlier.as_of) from meta.{{ name }} as earlier where earlier.as_of < {{ as_of() }});
        insert into meta.{{ name }}
        select *, {{ as_of() }} as as_of from {{ model }};
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}

{#
    Whether this was a build that ended well and left out no table that stands in the warehouse: one left out would never
    hear of who changed today.
#}
{% macro went_through(results) -%}
    {%- set bad = results | selectattr('status', 'in', ['error', 'fail', 'skipped', 'runtime error']) | list -%}
    {%- if not execute or flags.WHICH != 'build' or not results or bad -%} {{ return(false) }} {%- endif -%}
    {%- set built = results | map(attribute='node.unique_id') | list -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.unique_id not in built -%}
        {%- set stands = adapter.get_relation(node.database, node.schema, node.alias) -%}
        {%- if stands is not none and node.config.materialized != 'view' -%} {{ return(false) }} {%- endif -%}
    {%- endfor -%}
    {{ return(true) }}
{%- endmacro %}

{# Before a log writes: take away what an earlier build for the same day has written. #}
{% macro empty_this_build() -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where as_of = {{ as_of() }}
    {%- endif -%}
{%- endmacro %}
