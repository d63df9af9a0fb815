{{ config(materialized='view') }}

with

profiles as (

    select * from {{ ref('stg_klaviyo__profile_days') }}

),

seen as (

    select
        profile_id as record_id,
        'record' as rule,
        'klaviyo_profile_id' as identifier_type,
        profile_id as identifier_value,
        false as is_role_mailbox,
        coalesce(created_at, updated_at) as seen_at,
        _day
    from profiles
    {% for rule, identifier_type, identifier, is_role_mailbox in [
        ('profile_email', 'email', 'email_digest', 'is_role_mailbox'),
        ('profile_external_id', 'site_user_id', 'external_id', 'false'),
        ('contact_phone', 'phone', 'phone_digest', 'false')
    ] %}
    union all
    select
        profile_id as record_id,
        '{{ rule }}' as rule,
        '{{ identifier_type }}' as identifier_type,
        {{ identifier }} as identifier_value,
        {{ is_role_mailbox }} as is_role_mailbox,
        updated_at as seen_at,
        _day
    from profiles
    {% endfor %}

),

final as (

    select
        'klaviyo' as source_system,
        'klaviyo_profile_id' as record_type,
        record_id,
        rule,
        identifier_type,
        identifier_value,
        is_role_mailbox,
        seen_at,
        seen_at as seen_until,
        _day,
        {{ dbt.concat(["'klaviyo/profiles/'", 'record_id']) }} as statement_id
    from seen
    where identifier_value <> ''

)

select * from final
