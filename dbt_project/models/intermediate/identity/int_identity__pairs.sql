-- Which records of a component say themselves that they are one person's: they share identifiers, or one names the
-- other. Several reasons make a pair surer than one.
with

edges as (

    select * from {{ ref('int_identity__edges') }}

),

record_types as (

    select distinct record_type from {{ ref('identity_rules') }}
    where is_link

),

records as (

    select
        identifier_number,
        component_number
    from {{ ref('int_identity__components') }}
    where identifier_type in (select record_types.record_type from record_types)

),

reasons as (

    select
        lefts.left_number,
        rights.left_number as right_number,
        lefts.confidence * rights.confidence as confidence
    from edges as lefts
    inner join edges as rights on lefts.right_number = rights.right_number
    where lefts.left_number < rights.left_number
    union all
    select
        least(left_number, right_number) as left_number,
        greatest(left_number, right_number) as right_number,
        confidence
    from edges
    where right_number in (select records.identifier_number from records)

),

final as (

    select
        records.component_number,
        reasons.left_number,
        reasons.right_number,
        round(1 - exp(sum(ln(greatest(1 - reasons.confidence, 1e-9)))), 9) as confidence
    from reasons
    inner join records on reasons.left_number = records.identifier_number
    group by records.component_number, reasons.left_number, reasons.right_number

)

select * from final
