{{ config(materialized='view') }}

-- Accounts keep their id and may change their name: the last one seen, by its digest.
with

sightings as (

    select * from {{ ref('int_identity__sightings') }}
    where rule in ('account_handle', 'account_acct', 'user_handle') and is_current

),

ranked as (

    select
        record_type,
        record_id,
        identifier_value,
        row_number() over (
            partition by record_type, record_id
            order by seen_until desc, _day desc, identifier_value
        ) as recency
    from sightings

),

final as (

    select
        record_type as identifier_type,
        record_id as identifier_value,
        identifier_value as handle_digest
    from ranked
    where recency = 1

)

select * from final
