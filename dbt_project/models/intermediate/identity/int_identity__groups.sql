with

rules as (

    select * from {{ ref('identity_rules') }}
    where is_link

),

sightings as (

    select * from {{ ref('int_identity__sightings_in_scope') }}
    where {{ is_in_scope() }} and rule in (select rules.rule from rules) and record_exclusion is null

),

-- a record that was merged into another one is no second person
survivors as (

    select
        record_type,
        identifier_value as merged_record_id,
        min(record_id) as record_id
    from {{ ref('int_identity__sightings') }}
    where rule in ({{ merge_rules() }}) and is_current
    group by record_type, identifier_value

),

groups as (

    select
        sightings.rule,
        sightings.identifier_type,
        sightings.identifier_value,
        count(distinct coalesce(survivors.record_id, sightings.record_id)) as group_size,
        min(sightings.exclusion) as exclusion
    from sightings
    left join survivors
        on
            sightings.record_type = survivors.record_type
            and sightings.record_id = survivors.merged_record_id
    group by sightings.rule, sightings.identifier_type, sightings.identifier_value

),

final as (

    select
        groups.rule,
        groups.identifier_type,
        groups.identifier_value,
        case
            when groups.exclusion is not null then groups.exclusion
            when groups.group_size > rules.max_group_size then 'on too many records'
        end as skip_reason,
        rules.confidence,
        groups.group_size,
        rules.max_group_size
    from groups
    inner join rules on groups.rule = rules.rule

)

select * from final
