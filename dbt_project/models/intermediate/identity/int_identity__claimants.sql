-- A public handle is one person's. Of several records that claim it those are one person that share another identifier
-- too (an own mailbox, an account of the site), as a contact does with its duplicate; strangers stay several.
with

rules as (

    select * from {{ ref('identity_rules') }}
    where is_link

),

sightings as (

    select * from {{ ref('int_identity__current') }}
    where rule in (select rules.rule from rules)

),

claimed as (

    select
        sightings.rule,
        sightings.identifier_value
    from sightings
    inner join rules on sightings.rule = rules.rule
    where rules.max_group_size = 1
    group by sightings.rule, sightings.identifier_value
    having count(distinct sightings.record_id) > 1

),

claims as (

    select distinct
        sightings.rule,
        sightings.identifier_value,
        sightings.record_type,
        sightings.record_id
    from sightings
    inner join claimed
        on
            sightings.rule = claimed.rule
            and sightings.identifier_value = claimed.identifier_value

),

-- what else says something, with who has it
traits as (

    select
        sightings.record_type,
        sightings.record_id,
        sightings.rule,
        sightings.identifier_value,
        count(*) over (partition by sightings.rule, sightings.identifier_value) <= rules.max_group_size as is_evidence
    from sightings
    inner join rules on sightings.rule = rules.rule
    where
        rules.max_group_size > 1
        and sightings.exclusion is null
        and sightings.record_type in (select claims.record_type from claims)

),

pairs as (

    select
        own.record_type,
        own.record_id,
        others.record_id as other_id
    from claims
    inner join traits as own on claims.record_type = own.record_type and claims.record_id = own.record_id
    inner join traits as others
        on
            own.rule = others.rule
            and own.identifier_value = others.identifier_value
            and own.record_type = others.record_type
    where own.is_evidence

),

final as (

    select
        claims.rule,
        claims.identifier_value,
        claims.record_id,
        min(others.record_id) as claimant_id
    from claims
    inner join pairs on claims.record_type = pairs.record_type and claims.record_id = pairs.record_id
    inner join claims as others
        on
            claims.rule = others.rule
            and claims.identifier_value = others.identifier_value
            and pairs.other_id = others.record_id
    group by claims.rule, claims.identifier_value, claims.record_id

)

select * from final
