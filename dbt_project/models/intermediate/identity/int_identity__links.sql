with

sightings as (

    select * from {{ ref('int_identity__sightings_in_scope') }}
    where record_exclusion is null

),

groups as (

    select * from {{ ref('int_identity__groups') }}

),

final as (

    select
        sightings.record_type as left_type,
        sightings.record_id as left_value,
        sightings.identifier_type as right_type,
        sightings.identifier_value as right_value,
        sightings.rule,
        max(coalesce(sightings.probability, groups.confidence)) as confidence,
        min(sightings.seen_at) as linked_at
    from sightings
    inner join groups
        on
            sightings.rule = groups.rule
            and sightings.identifier_type = groups.identifier_type
            and sightings.identifier_value = groups.identifier_value
    where groups.skip_reason is null
    group by
        sightings.record_type,
        sightings.record_id,
        sightings.identifier_type,
        sightings.identifier_value,
        sightings.rule

)

select * from final
