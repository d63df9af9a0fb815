{{ config(materialized='table_on_a_day') }}

select * from {{ ref('int_activity__typed') }}
where is_stateful
