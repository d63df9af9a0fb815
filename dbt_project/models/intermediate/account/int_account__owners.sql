{{ config(materialized='view') }}

select
    owner_id,
    email_digest,
    coalesce(is_archived, false) as is_archived,
    created_at,
    modified_at
from {{ ref('stg_hubspot__owners') }}
union all
select
    user_id as owner_id,
    email_digest,
    not is_active as is_archived,
    created_at,
    modified_at
from {{ ref('stg_salesforce__users') }}
