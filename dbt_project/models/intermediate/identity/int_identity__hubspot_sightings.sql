{{ config(materialized='view') }}

with

contacts as (

    select * from {{ ref('stg_hubspot__contact_days') }}

),

emails as (

    select * from {{ ref('stg_hubspot__contact_emails') }}

),

seen as (

    select
        contact_id as record_id,
        'record' as rule,
        'hubspot_contact_id' as identifier_type,
        contact_id as identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        created_at as seen_at,
        _day
    from contacts
    union all
    select
        contact_id as record_id,
        'contact_email' as rule,
        'email' as identifier_type,
        email_digest as identifier_value,
        email_exclusion as exclusion,
        modified_at as seen_at,
        _day
    from emails
    {% for rule, identifier_type, identifier in [
        ('contact_site_user', 'site_user_id', 'site_user_id'),
        ('contact_bluesky_handle', 'bluesky_handle', 'bluesky_handle_digest'),
        ('contact_mastodon_handle', 'mastodon_acct', 'mastodon_handle_digest'),
        ('contact_x_handle', 'x_handle', 'x_handle_digest'),
        ('contact_phone', 'phone', 'phone_digest'),
        ('contact_merge', 'hubspot_contact_id', each_item('merged_contact_ids')),
    ] %}
    union all
    select
        contact_id as record_id,
        '{{ rule }}' as rule,
        '{{ identifier_type }}' as identifier_type,
        {{ identifier }} as identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
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
        exclusion,
        seen_at,
        seen_at as seen_until,
        _day,
        {{ dbt.concat(["'hubspot/contacts/'", 'record_id']) }} as statement_id
    from seen
    where identifier_value <> ''

)

select * from final
