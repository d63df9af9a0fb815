{{ config(materialized='view') }}

select * from {{ ref('int_campaign__email_sends') }}
