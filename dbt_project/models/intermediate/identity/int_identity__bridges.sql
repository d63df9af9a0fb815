-- What joins an id that went to the rest of its new customer: the first link from what it held to what it did not.
with

links as (

    select * from {{ ref('int_identity__links') }}

),

moves as (

    select * from {{ ref('int_identity__moves') }}

),

ends as (

    select
        links.rule,
        links.left_type,
        links.left_value,
        links.linked_at,
        lefts.from_customer_id as left_id,
        rights.from_customer_id as right_id
    from links
    left join moves as lefts
        on
            links.left_type = lefts.identifier_type
            and links.left_value = lefts.identifier_value
    left join moves as rights
        on
            links.right_type = rights.identifier_type
            and links.right_value = rights.identifier_value

),

crossing as (

    select
        coalesce(left_id, right_id) as customer_id,
        {{ dbt.concat(['rule', "' on '", 'left_type', "' '", 'left_value']) }} as evidence,
        row_number() over (
            partition by coalesce(left_id, right_id)
            order by linked_at desc, rule, left_type, left_value
        ) as bridge_rank
    from ends
    where
        coalesce(left_id, right_id) is not null
        and coalesce(left_id, '') <> coalesce(right_id, '')

),

final as (

    select
        customer_id,
        evidence
    from crossing
    where bridge_rank = 1

)

select * from final
