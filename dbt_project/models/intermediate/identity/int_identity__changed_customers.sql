{{ config(materialized='view') }}

select distinct customer_id
from {{ ref('int_identity__changed_identifiers') }}
