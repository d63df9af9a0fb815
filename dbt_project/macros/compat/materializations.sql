{#
    Tables and views that take the place of their former selves in one statement, which DuckDB can, where dbt-duckdb makes
    them under another name, moves two relations and drops one; see docs/decisions/0016. One statement is a transaction
    by itself, and none is begun for it.
#}
{% macro make_way(kind) -%}
    {%- set former = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if former is not none and (former.type != kind or model['language'] == 'python') -%}
        {#- a model in Python writes over a connection of its own, to which this transaction would be in the way -#}
        {%- call statement('make_way', auto_begin=model['language'] != 'python') -%} drop {{ former.type }} {{ former }} {%- endcall -%}
    {%- endif -%}
    {{ return(this.incorporate(type=kind)) }}
{%- endmacro %}

{% macro make_known(relation) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do adapter.commit() -%}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [relation]}) }}
{%- endmacro %}

{% macro make_as(kind) -%}
    {%- set relation = make_way(kind) -%}
    {%- call statement('main', auto_begin=False) -%}
        create or replace {{ kind }} {{ relation }} as (
            {{ sql }}
        )
    {%- endcall -%}
    {{ return(make_known(relation)) }}
{%- endmacro %}

{# A view says the same in each build, so a day leaves it as it is (publishing/build.py). #}
{% materialization view, adapter='duckdb' %}
    {{ return(make_as('view')) }}
{% endmaterialization %}

{# A view whose text is another in each build: of the days touched, of whom that affects, of the end of the window. #}
{% materialization view_of_a_build, adapter='duckdb' %}
    {{ return(make_as('view')) }}
{% endmaterialization %}

{# What a day reads several times and a whole build once: a table on a day, a view in a whole build. #}
{% materialization table_on_a_day, adapter='duckdb' %}
    {{ return(make_as('view' if is_whole_build() else 'table')) }}
{% endmaterialization %}

{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set relation = make_way('table') -%}
    {%- call statement('main', auto_begin=config.get('contract').enforced, language=model['language']) -%}
        {%- if model['language'] == 'python' -%}
            {{ create_table_as(False, relation, compiled_code, 'python') }}
        {%- elif config.get('contract').enforced -%}
            {{ get_assert_columns_equivalent(compiled_code) }}
            create or replace table {{ relation }} {{ get_table_columns_and_constraints() }};
            insert into {{ relation }} {{ get_column_names() }} ({{ get_select_subquery(compiled_code) }})
        {%- else -%}
            create or replace table {{ relation }} as (
                {{ compiled_code }}
            )
        {%- endif -%}
    {%- endcall -%}
    {{ return(make_known(relation)) }}
{% endmaterialization %}
