{{ config(materialized='view') }}

with

statements as (

    select * from {{ ref('stg_hubspot__contact_statements') }}

),

said as (

    select
        contact_id,
        legal_basis,
        'opted out' as vendor_status,
        modified_at as stated_at
    from statements
    where is_email_opted_out
    union
    select
        contact_id,
        legal_basis,
        'legal basis' as vendor_status,
        modified_at as stated_at
    from statements
    where not coalesce(is_email_opted_out, false) and legal_basis <> ''

),

final as (

    select
        'hubspot' as source_system,
        'hubspot_contact_id' as identifier_type,
        contact_id as identifier_value,
        cast(null as varchar) as list_id,
        vendor_status,
        nullif(legal_basis, '') as basis_for_processing,
        stated_at
    from said

)

select * from final
