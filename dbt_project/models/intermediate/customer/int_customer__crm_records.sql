{{ config(materialized='view') }}

with

hubspot as (

    select
        'hubspot_contact_id' as identifier_type,
        contact_id,
        company_id,
        owner_id,
        country,
        lifecycle_stage,
        is_email_opted_out,
        is_archived,
        created_at,
        modified_at
    from {{ ref('stg_hubspot__contacts') }}

),

contacts as (

    select
        'salesforce_contact_id' as identifier_type,
        contact_id,
        account_id as company_id,
        owner_id,
        country,
        cast(null as {{ dbt.type_string() }}) as lifecycle_stage,
        is_email_opted_out,
        is_deleted as is_archived,
        created_at,
        modified_at
    from {{ ref('stg_salesforce__contacts') }}

),

-- a lead that was converted speaks no more: its contact does
leads as (

    select
        'salesforce_lead_id' as identifier_type,
        lead_id as contact_id,
        cast(null as {{ dbt.type_string() }}) as company_id,
        owner_id,
        country,
        'lead' as lifecycle_stage,
        is_email_opted_out,
        is_deleted or coalesce(is_converted, false) as is_archived,
        created_at,
        modified_at
    from {{ ref('stg_salesforce__leads') }}

),

final as (

    select * from hubspot
    union all
    select * from contacts
    union all
    select * from leads

)

select * from final
