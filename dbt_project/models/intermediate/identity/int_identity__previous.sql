{{ config(materialized='view_of_a_build') }}

select
    identifier_type,
    identifier_value,
    customer_id,
    valid_from,
    valid_to
from {{ identities_applied() }}
