{{ config(materialized='view') }}

with

mapped as (

    select * from {{ ref('handle_mapping') }}

),

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

networks as (

    {% for source_system, rule, identifier_type in [
        ('bluesky', 'contact_bluesky_handle', 'bluesky_handle'),
        ('mastodon', 'contact_mastodon_handle', 'mastodon_acct'),
        ('x', 'contact_x_handle', 'x_handle'),
    ] %}
    select
        '{{ source_system }}' as source_system,
        '{{ rule }}' as rule,
        '{{ identifier_type }}' as identifier_type
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        networks.source_system,
        'hubspot_contact_id' as record_type,
        contacts.contact_id as record_id,
        networks.rule,
        networks.identifier_type,
        mapped.handle_digest as identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        contacts.created_at as seen_at,
        contacts.modified_at as seen_until,
        cast({{ dbt.dateadd('day', -1, as_of()) }} as date) as _day,
        {{ dbt.concat(["'handle_mapping/'", 'networks.source_system', "'/'", 'mapped.handle_digest']) }} as statement_id
    from mapped
    inner join networks on mapped.source_system = networks.source_system
    inner join contacts on mapped.contact_id = contacts.contact_id

)

select * from final
