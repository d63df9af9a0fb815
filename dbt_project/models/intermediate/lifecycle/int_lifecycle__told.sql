{{ config(materialized='view_of_a_build') }}

-- The stages as the last build told them, before this one replaces them; none in a first build.
{%- set told = adapter.get_relation(database=target.database, schema='intermediate', identifier='int_lifecycle__stays')
    if execute %}
{% if told %}
select
    customer_id,
    evidence_activity_id,
    model,
    from_stage,
    to_stage,
    exit_reason,
    rule_version,
    to_stage_number,
    entered_at,
    exited_at
from {{ told }}
{% else %}
select
    {{ unsaid(['customer_id', 'evidence_activity_id', 'model', 'from_stage', 'to_stage', 'exit_reason']) }},
    {{ unsaid(['rule_version']) }},
    cast(null as {{ dbt.type_int() }}) as to_stage_number,
    cast(null as {{ dbt.type_timestamp() }}) as entered_at,
    cast(null as {{ dbt.type_timestamp() }}) as exited_at
where false
{% endif %}
