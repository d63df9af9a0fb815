{{ config(materialized='table_on_a_day') }}

-- depends_on: {{ ref('int_identity__scope') }}
select * from {{ ref('int_identity__people') }}
where customer_id is not null and {{ is_in_scope() }}
