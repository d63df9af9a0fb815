{{ config(materialized='view') }}

with

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

seen as (

    select
        contact_id as record_id,
        'record' as rule,
        'hubspot_contact_id' as identifier_type,
        contact_id as identifier_value,
        false as is_role_mailbox,
        created_at as seen_at,
        _day
    from contacts
    {% for rule, identifier_type, identifier, is_role_mailbox in [
        ('contact_email', 'email', 'email_digest', 'email_is_role'),
        ('contact_email', 'email', each_item('additional_emails_digest'), each_item('additional_emails_is_role')),
        ('contact_site_user', 'site_user_id', 'site_user_id', 'false'),
        ('contact_bluesky_handle', 'bluesky_handle', 'bluesky_handle_digest', 'false'),
        ('contact_phone', 'phone', 'phone_digest', 'false'),
        ('contact_merge', 'hubspot_contact_id', each_item('merged_contact_ids'), 'false'),
    ] %}
    union all
    select
        contact_id as record_id,
        '{{ rule }}' as rule,
        '{{ identifier_type }}' as identifier_type,
        {{ identifier }} as identifier_value,
        {{ is_role_mailbox }} as is_role_mailbox,
        modified_at as seen_at,
        _day
    from contacts
    {% endfor %}

),

final as (

    select
        'hubspot' as source_system,
        'hubspot_contact_id' as record_type,
        record_id,
        rule,
        identifier_type,
        identifier_value,
        coalesce(is_role_mailbox, false) as is_role_mailbox,
        seen_at,
        seen_at as seen_until,
        _day
    from seen
    where identifier_value <> ''

)

select * from final
