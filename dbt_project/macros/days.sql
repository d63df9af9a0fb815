{# Whether this build makes everything anew, as a first build and a full refresh do. #}
{% macro is_whole_build() -%}
    {{ return(execute and not env_var('RAPPORT_TOUCHED_DAYS', '')) }}
{%- endmacro %}

{# The table that the last build left under this name: what a change is told from, and no dependency. #}
{% macro last_build(name) -%}
    {{ return(api.Relation.create(database=target.database, schema='intermediate', identifier=name)) }}
{%- endmacro %}

{# Whether a row is of a build that did not live to write its `build_id` into that table, which none may have done yet. #}
{% macro is_left_over(finished) -%}
    {%- if load_relation(finished) -%}
        build_id not in (select finished.build_id from {{ finished }} as finished)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{#
    Whose identifiers were when activities were attributed: written in the same transaction as the activities, so that the
    next build always tells from the two who has moved, whatever became of this one.
#}
{% macro remember_people() -%}
    {%- set used = last_build('int_activity__people_used') -%}
    {%- if is_whole_build() -%}
        create or replace table {{ used }} as
        select * from {{ ref('int_activity__people') }}
    {%- else -%}
        delete from {{ used }} where {{ is_in_scope() }};
        insert into {{ used }}
        select * from {{ ref('int_activity__people') }} where {{ is_in_scope() }}
    {%- endif -%}
{%- endmacro %}

{# What campaigns were called when answers were told, likewise. #}
{% macro remember_names() -%}
    create or replace table {{ last_build('int_campaign__names_used') }} as
    select * from {{ ref('int_campaign__names') }}
{%- endmacro %}

{# Whether the last build had the record from a partition that this one reads again. #}
{% macro was_in_touched_days(source_record_id) -%}
    {%- if is_whole_build() -%}
        false
    {%- else -%}
        {{ source_record_id }} in (
            select source_record_id from {{ last_build('int_activity__events') }} where {{ in_touched_days('_day') }}
        )
    {%- endif -%}
{%- endmacro %}
