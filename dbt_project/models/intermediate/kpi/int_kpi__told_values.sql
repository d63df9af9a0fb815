{{ config(materialized='view_of_a_build') }}

select
    segment,
    metric,
    value,
    kpi_date,
    as_of
from
    {{ told_before('kpi_values_told', {
        'segment': dbt.type_string(), 'metric': dbt.type_string(), 'value': 'double', 'kpi_date': 'date'
    }) }} as told
