{{ config(materialized='view') }}

with

contacts as (

    select profiles.*
    from {{ ref('stg_hubspot__contact_profiles') }} as profiles
    inner join {{ ref('stg_hubspot__contacts') }} as contacts on profiles.contact_id = contacts.contact_id
    where not contacts.is_archived

),

members as (

    select * from {{ ref('stg_mailchimp__member_profiles') }}

),

final as (

    select
        'hubspot' as source_system,
        'hubspot_contact_id' as identifier_type,
        contact_id as identifier_value,
        email,
        phone,
        first_name,
        last_name,
        cast(null as varchar) as full_name,
        modified_at
    from contacts
    union all
    select
        'mailchimp' as source_system,
        'mailchimp_member_id' as identifier_type,
        member_id as identifier_value,
        email,
        cast(null as varchar) as phone,
        cast(null as varchar) as first_name,
        cast(null as varchar) as last_name,
        full_name,
        changed_at as modified_at
    from members
    union all
    select
        'salesforce' as source_system,
        identifier_type,
        identifier_value,
        email,
        phone,
        first_name,
        last_name,
        cast(null as varchar) as full_name,
        modified_at
    from {{ ref('int_identity__salesforce_profiles') }}
    union all
    select
        'files' as source_system,
        identifier_type,
        identifier_value,
        email,
        phone,
        cast(null as varchar) as first_name,
        cast(null as varchar) as last_name,
        cast(null as varchar) as full_name,
        modified_at
    from {{ ref('stg_files__customer_profiles') }}
    union all
    select
        'klaviyo' as source_system,
        'klaviyo_profile_id' as identifier_type,
        profile_id as identifier_value,
        email,
        phone,
        first_name,
        last_name,
        cast(null as varchar) as full_name,
        updated_at as modified_at
    from {{ ref('stg_klaviyo__profile_names') }}

)

select * from final
