{{ config(materialized='view') }}

with

statements as (

    select * from {{ ref('stg_hubspot__contact_statements') }}

),

-- one contact may have several, in one field
bases as (

    select
        contact_id,
        trim({{ each_item(parts('legal_basis', ';')) }}) as legal_basis,
        modified_at
    from statements
    where not coalesce(is_email_opted_out, false)

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
        legal_basis as vendor_status,
        modified_at as stated_at
    from bases
    where legal_basis <> ''

),

final as (

    select
        'hubspot' as source_system,
        'hubspot_contact_id' as identifier_type,
        contact_id as identifier_value,
        cast(null as varchar) as list_id,
        vendor_status,
        nullif(legal_basis, '') as basis_for_processing,
        false as is_act,
        stated_at
    from said

)

select * from final
