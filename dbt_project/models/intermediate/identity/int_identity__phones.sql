-- A phone joins nobody, but it follows the customer when only one holds it.
with

sightings as (

    select * from {{ ref('int_identity__sightings') }}
    where rule = 'contact_phone'

),

final as (

    select
        sightings.identifier_value,
        min(customers.customer_id) as customer_id,
        count(distinct customers.customer_id) as customer_count
    from sightings
    inner join {{ ref('int_identity__components') }} as members
        on
            sightings.record_type = members.identifier_type
            and sightings.record_id = members.identifier_value
    inner join {{ ref('int_identity__customers') }} as customers
        on members.component_number = customers.component_number
    group by sightings.identifier_value

)

select * from final
