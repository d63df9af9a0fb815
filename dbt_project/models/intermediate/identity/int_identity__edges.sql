-- The links between the numbers of identifiers: whole numbers join several times faster than digests.
with

identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

),

final as (

    select
        lefts.identifier_number as left_number,
        rights.identifier_number as right_number,
        max(links.confidence) as confidence
    from {{ ref('int_identity__links') }} as links
    inner join identifiers as lefts
        on
            links.left_type = lefts.identifier_type
            and links.left_value = lefts.identifier_value
    inner join identifiers as rights
        on
            links.right_type = rights.identifier_type
            and links.right_value = rights.identifier_value
    group by lefts.identifier_number, rights.identifier_number

)

select * from final
