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
        cast(null as {{ dbt.type_string() }}) as exclusion,
        coalesce(created_at, updated_at) as seen_at,
        _day
    from profiles
    {% for rule, identifier_type, identifier, exclusion in [
        ('profile_email', 'email', 'email_digest', 'email_exclusion'),
        ('profile_external_id', 'site_user_id', 'external_id', 'null'),
        ('contact_phone', 'phone', 'phone_digest', 'null')
    ] %}
    union all
    select
        profile_id as record_id,
        '{{ rule }}' as rule,
        '{{ identifier_type }}' as identifier_type,
        {{ identifier }} as identifier_value,
        {{ exclusion }} as exclusion,
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
        exclusion,
        seen_at,
        seen_at as seen_until,
        _day,
        {{ dbt.concat(["'klaviyo/profiles/'", 'record_id']) }} as statement_id
    from seen
    where identifier_value <> ''

)

select * from final
