{{ config(materialized='view') }}

select * from {{ ref('int_day__customer_days') }}
