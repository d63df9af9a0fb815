{{ config(materialized='view') }}

select
    owner_id,
    email_digest,
    coalesce(is_archived, false) as is_archived,
    created_at,
    modified_at
from {{ ref('stg_hubspot__owners') }}
