{#
    Who was who after the last build that went through. It is written only when everything has been built, so that a build
    that broke off is compared with the same past again and nobody who changed is forgotten.
#}
{% macro identities_applied() -%}
    {%- set applied = adapter.get_relation(database=target.database, schema='meta', identifier='identities_applied') if execute -%}
    {%- if applied -%}
        {{ applied }}
    {%- else -%}
        (
            select
                cast(null as varchar) as identifier_type,
                cast(null as varchar) as identifier_value,
                cast(null as varchar) as customer_id,
                cast(null as timestamp) as valid_from,
                cast(null as timestamp) as valid_to
            where false
        ) as nobody
    {%- endif -%}
{%- endmacro %}

{# Which build that was: `build_id`, one row. #}
{% macro last_identities() -%}
    {{ return(api.Relation.create(database=target.database, schema='meta', identifier='identities_build')) }}
{%- endmacro %}

{# After everything else, and in one transaction: replace what this build told anew. #}
{% macro remember_identities(results) -%}
    {%- set identities = ref('customer_identities') -%}
    {%- set columns = 'identifier_type, identifier_value, customer_id, valid_from, valid_to' -%}
    {%- set anew = "identifier_type = 'customer_id' or " ~ is_in_scope() -%}
    {%- if went_through(results) and load_relation(identities) is not none -%}
        create or replace table {{ last_identities() }} as
        select '{{ invocation_id }}' as build_id;
        {% if is_whole_build() %}
        create or replace table meta.identities_applied as
        select {{ columns }} from {{ identities }};
        {% else %}
        delete from meta.identities_applied where {{ anew }};
        insert into meta.identities_applied ({{ columns }})
        select {{ columns }} from {{ identities }}
        where {{ anew }};
        {% endif %}
    {%- endif -%}
{%- endmacro %}
