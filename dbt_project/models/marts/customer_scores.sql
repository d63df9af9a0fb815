{{ config(materialized='view') }}

select * from {{ ref('int_score__scores') }}
