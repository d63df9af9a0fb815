{{ config(materialized='view_of_a_build') }}

select
    facts,
    stated,
    is_provisional,
    fact_date,
    as_of
from
    {{ told_before('kpi_facts_told', {
        'facts': dbt.type_string(), 'stated': dbt.type_string(), 'is_provisional': 'boolean', 'fact_date': 'date'
    }) }} as told
