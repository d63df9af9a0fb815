-- Which records of a component say themselves that they are one person's: they share identifiers, or one names the
-- other. Several reasons make a pair surer than one.
with

links as (

    select * from {{ ref('int_identity__links') }}

),

record_types as (

    select distinct record_type from {{ ref('identity_rules') }}
    where is_link

),

components as (

    select * from {{ ref('int_identity__components') }}
    where identifier_type in (select record_types.record_type from record_types)

),

-- each identifier that a record carries, once
carried as (

    select
        components.component_number,
        components.identifier_type as record_type,
        components.identifier_value as record_id,
        links.right_type,
        links.right_value,
        max(links.confidence) as confidence
    from components
    inner join links
        on
            components.identifier_type = links.left_type
            and components.identifier_value = links.left_value
    group by
        components.component_number,
        components.identifier_type,
        components.identifier_value,
        links.right_type,
        links.right_value

),

shared as (

    select
        lefts.component_number,
        {{ dbt.concat(['lefts.record_type', "':'", 'lefts.record_id']) }} as left_record,
        {{ dbt.concat(['rights.record_type', "':'", 'rights.record_id']) }} as right_record,
        lefts.confidence * rights.confidence as confidence
    from carried as lefts
    inner join carried as rights
        on
            lefts.right_type = rights.right_type
            and lefts.right_value = rights.right_value
    where
        lefts.record_type < rights.record_type
        or (lefts.record_type = rights.record_type and lefts.record_id < rights.record_id)
    union all
    select
        component_number,
        {{ dbt.concat(['record_type', "':'", 'record_id']) }} as left_record,
        {{ dbt.concat(['right_type', "':'", 'right_value']) }} as right_record,
        confidence
    from carried
    where right_type in (select record_types.record_type from record_types)

),

final as (

    select
        component_number,
        least(left_record, right_record) as left_record,
        greatest(left_record, right_record) as right_record,
        round(1 - exp(sum(ln(greatest(1 - confidence, 1e-9)))), 9) as confidence
    from shared
    group by component_number, least(left_record, right_record), greatest(left_record, right_record)

)

select * from final
