{{ config(materialized='view') }}

select * from {{ ref('int_index__indexes') }}
