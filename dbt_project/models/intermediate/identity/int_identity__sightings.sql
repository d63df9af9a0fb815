with

seen as (

    select * from {{ ref('int_identity__hubspot_sightings') }}
    union all
    select * from {{ ref('int_identity__mailchimp_sightings') }}
    union all
    select * from {{ ref('int_identity__matomo_sightings') }}
    union all
    select * from {{ ref('int_identity__ga4_sightings') }}
    union all
    select * from {{ ref('int_identity__bluesky_sightings') }}
    union all
    select * from {{ ref('int_identity__follower_sightings') }}
    union all
    select * from {{ ref('int_identity__files_sightings') }}

),

final as (

    select
        {{ dbt.hash(dbt.concat([
            'record_type', "'|'", 'record_id', "'|'", 'rule', "'|'", 'identifier_type', "'|'", 'identifier_value',
            "'|'", 'cast(_day as varchar)', "'|'", 'cast(seen_at as varchar)'
        ])) }} as sighting_id,
        source_system,
        record_type,
        record_id,
        rule,
        identifier_type,
        identifier_value,
        is_role_mailbox,
        seen_at,
        seen_until,
        _day
    from seen

)

select * from final
