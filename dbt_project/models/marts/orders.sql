{{ config(materialized='view') }}

select * from {{ ref('int_order__orders') }}
