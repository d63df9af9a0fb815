{{ config(materialized='view_of_a_build') }}

with

mapped as (

    select * from {{ ref('handle_mapping') }}

),

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

-- the last word of each contact about each scope
consents as (

    select
        identifier_value as contact_id,
        scope,
        {{ last_by('status', 'status_at') }} as status
    from {{ ref('int_consent__changes') }}
    where identifier_type = 'hubspot_contact_id' and status_at < {{ as_of() }}
    group by identifier_value, scope

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

judged as (

    select
        networks.source_system,
        networks.rule,
        networks.identifier_type,
        mapped.handle_digest,
        contacts.contact_id,
        contacts.created_at,
        contacts.modified_at,
        mapped.consent_scope is null or coalesce(consents.status, '') = 'GRANTED' as may_be_used
    from mapped
    inner join networks on mapped.source_system = networks.source_system
    inner join contacts on mapped.contact_id = contacts.contact_id
    left join consents
        on
            mapped.contact_id = consents.contact_id
            and mapped.consent_scope = consents.scope

),

-- where consent is missing or withdrawn the statement stands without the handle: so it replaces what it said before
final as (

    select
        source_system,
        'hubspot_contact_id' as record_type,
        contact_id as record_id,
        case when may_be_used then rule else 'record' end as rule,
        case when may_be_used then identifier_type else 'hubspot_contact_id' end as identifier_type,
        case when may_be_used then handle_digest else contact_id end as identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        created_at as seen_at,
        modified_at as seen_until,
        cast({{ dbt.dateadd('day', -1, as_of()) }} as date) as _day,
        {{ dbt.concat(["'handle_mapping/'", 'source_system', "'/'", 'handle_digest']) }} as statement_id
    from judged

)

select * from final
