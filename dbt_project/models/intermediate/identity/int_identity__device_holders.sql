{{ config(materialized='view_of_a_build') }}

with

rules as (

    select * from {{ ref('identity_rules') }}
    where valid_for_hours is not null

),

sightings as (

    select * from {{ ref('int_identity__sightings_in_scope') }}
    where
        rule in (select rules.rule from rules)
        and exclusion is null
        and record_exclusion is null
        and {{ is_in_scope('record_type', 'record_id') }}

),

final as (

    select
        sightings.record_type as identifier_type,
        sightings.record_id as visitor_id,
        members.customer_id,
        sightings._day,
        min(sightings.seen_at) as seen_at,
        max(sightings.seen_until) as seen_until
    from sightings
    inner join {{ ref('int_identity__members') }} as members
        on
            sightings.identifier_type = members.identifier_type
            and sightings.identifier_value = members.identifier_value
    where members.customer_id is not null
    group by sightings.record_type, sightings.record_id, members.customer_id, sightings._day

)

select * from final
