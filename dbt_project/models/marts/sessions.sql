{{ config(materialized='view') }}

select * from {{ ref('int_session__sessions') }}
