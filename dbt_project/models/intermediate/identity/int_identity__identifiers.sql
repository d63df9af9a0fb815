with

sightings as (

    select * from {{ ref('int_identity__sightings_in_scope') }}

),

-- a device is nobody's identifier: it only follows whoever signs in on it
devices as (

    select record_type from {{ ref('identity_rules') }}
    where valid_for_hours is not null

),

types as (

    select * from {{ ref('identifier_types') }}

),

seen as (

    select
        record_type as identifier_type,
        record_id as identifier_value,
        source_system,
        seen_at
    from sightings
    where record_type not in (select devices.record_type from devices)
    union all
    select
        identifier_type,
        identifier_value,
        source_system,
        seen_at
    from sightings
    where identifier_type <> 'phone'

),

firsts as (

    select
        identifier_type,
        identifier_value,
        min(source_system) as source_system,
        min(seen_at) as first_seen_at
    from seen
    where {{ is_in_scope() }}
    group by identifier_type, identifier_value

),

final as (

    select
        firsts.identifier_type,
        firsts.identifier_value,
        firsts.source_system,
        types.strength,
        row_number() over (
            order by types.strength, firsts.identifier_value
        ) as identifier_number,
        types.is_known,
        firsts.first_seen_at
    from firsts
    inner join types on firsts.identifier_type = types.identifier_type

)

select * from final
