{{ config(materialized='view') }}

with

named as (

    select {{ each_item('merged_contact_ids') }} as contact_id
    from {{ ref('stg_hubspot__contacts') }}

),

merged as (

    select distinct contact_id from named

),

-- a contact that was merged into another one speaks no more, though HubSpot never says so under its own id
hubspot as (

    select
        'hubspot_contact_id' as identifier_type,
        contacts.contact_id,
        contacts.company_id,
        contacts.owner_id,
        contacts.country,
        contacts.lifecycle_stage,
        contacts.is_email_opted_out,
        contacts.is_archived or merged.contact_id is not null as is_archived,
        contacts.created_at,
        contacts.modified_at
    from {{ ref('stg_hubspot__contacts') }} as contacts
    left join merged on contacts.contact_id = merged.contact_id

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
