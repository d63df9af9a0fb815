{{ config(materialized='view') }}

-- What the seed names beyond the groups of linking rules: phones, user ids on devices, and records by their own id.
with

sightings as (

    select * from {{ ref('int_identity__sightings_in_scope') }}

),

rules as (

    select * from {{ ref('identity_rules') }}
    where not is_link

),

identifiers as (

    select
        sightings.identifier_type,
        sightings.identifier_value,
        sightings.rule,
        min(sightings.exclusion) as reason,
        count(distinct sightings.record_id) as group_size,
        max(rules.max_group_size) as max_group_size
    from sightings
    inner join rules on sightings.rule = rules.rule
    where sightings.exclusion is not null
    group by sightings.identifier_type, sightings.identifier_value, sightings.rule

),

records as (

    select distinct
        record_type as identifier_type,
        record_id as identifier_value,
        'record' as rule,
        record_exclusion as reason,
        1 as group_size,
        1 as max_group_size
    from sightings
    where record_exclusion is not null

),

final as (

    select * from identifiers
    union all
    select * from records

)

select * from final
