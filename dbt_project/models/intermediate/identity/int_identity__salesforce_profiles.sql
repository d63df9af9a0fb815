{{ config(materialized='view') }}

with

final as (

    select
        'salesforce_contact_id' as identifier_type,
        profiles.contact_id as identifier_value,
        profiles.email,
        profiles.phone,
        profiles.first_name,
        profiles.last_name,
        profiles.modified_at
    from {{ ref('stg_salesforce__contact_profiles') }} as profiles
    inner join {{ ref('stg_salesforce__contacts') }} as contacts on profiles.contact_id = contacts.contact_id
    where not contacts.is_deleted
    union all
    select
        'salesforce_lead_id' as identifier_type,
        profiles.lead_id as identifier_value,
        profiles.email,
        profiles.phone,
        profiles.first_name,
        profiles.last_name,
        profiles.modified_at
    from {{ ref('stg_salesforce__lead_profiles') }} as profiles
    inner join {{ ref('stg_salesforce__leads') }} as leads on profiles.lead_id = leads.lead_id
    where not leads.is_deleted and not coalesce(leads.is_converted, false)

)

select * from final
