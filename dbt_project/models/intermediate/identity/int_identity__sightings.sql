{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    pre_hook="{{ empty_touched_days() }}",
    incremental_predicates=[
        'statement_id in (select incoming.statement_id from intermediate.int_identity__incoming as incoming)'
    ]
) }}

-- depends_on: {{ ref('int_identity__touched') }}
select * from {{ ref('int_identity__incoming') }}
