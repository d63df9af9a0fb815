{{ config(materialized='table_on_a_day') }}

-- depends_on: {{ ref('int_identity__scope') }}
with

sightings as (

    select * from {{ ref('int_identity__current') }}
    where
        {{ is_in_scope() }}
        or {{ is_in_scope('record_type', 'record_id') }}

),

-- what is excluded by its digest or id; an email's domain and local part were looked at while it was still to be read
excluded as (

    select
        identifier_type,
        value as identifier_value,
        min(reason) as reason
    from {{ ref('identity_exclusions') }}
    where part = 'whole'
    group by identifier_type, value

),

final as (

    select
        sightings.source_system,
        sightings.record_type,
        sightings.record_id,
        sightings.rule,
        sightings.identifier_type,
        sightings.identifier_value,
        coalesce(excluded.reason, sightings.exclusion) as exclusion,
        records.reason as record_exclusion,
        sightings.probability,
        sightings.seen_at,
        sightings.seen_until,
        sightings._day
    from sightings
    left join excluded
        on
            sightings.identifier_type = excluded.identifier_type
            and sightings.identifier_value = excluded.identifier_value
    left join excluded as records
        on
            sightings.record_type = records.identifier_type
            and sightings.record_id = records.identifier_value

)

select * from final
