{{ config(materialized='table_on_a_day') }}

-- depends_on: {{ ref('int_identity__scope') }}
select * from {{ ref('int_identity__previous') }}
where identifier_type <> 'customer_id' and {{ is_in_scope() }}
