{{ config(materialized='view') }}

select * from {{ ref('int_rollup__rollups') }}
