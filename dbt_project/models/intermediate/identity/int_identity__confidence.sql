-- How sure it is that a component is one person: the mean over all n(n-1)/2 pairs of its records. A pair that says so
-- itself is as sure as its rules are, one that only hangs together through others as the seed says. Nothing outside the
-- component is looked at.
with

rules as (

    select * from {{ ref('identity_rules') }}
    where is_link

),

records as (

    select
        component_number,
        count(*) as record_count,
        count(*) * (count(*) - 1) / 2.0 as pair_count
    from {{ ref('int_identity__components') }}
    where identifier_type in (select rules.record_type from rules)
    group by component_number

),

supported as (

    select
        component_number,
        count(*) as pair_count,
        sum(confidence) as confidence
    from {{ ref('int_identity__pairs') }}
    group by component_number

),

final as (

    select
        records.component_number,
        records.record_count,
        supported.pair_count / records.pair_count as supported_share,
        round((
            supported.confidence
            + (records.pair_count - supported.pair_count) * settings.indirect_pair_confidence
        ) / records.pair_count, 6) as identity_confidence_score
    from records
    inner join supported on records.component_number = supported.component_number
    cross join {{ ref('identity_settings') }} as settings
    where records.record_count > 1

)

select * from final
