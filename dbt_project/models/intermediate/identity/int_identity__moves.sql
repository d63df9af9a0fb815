-- Identifiers that are with another customer than in the last build. Devices and phones only follow, they do not move.
with

people as (

    select * from {{ ref('int_identity__after') }}
    where identifier_type not in ('matomo_visitor_id', 'phone')

),

previous as (

    select * from {{ ref('int_identity__before') }}

),

final as (

    select
        people.identifier_type,
        people.identifier_value,
        previous.customer_id as from_customer_id,
        people.customer_id as to_customer_id,
        people.rule
    from people
    inner join previous
        on
            people.identifier_type = previous.identifier_type
            and people.identifier_value = previous.identifier_value
    where people.customer_id <> previous.customer_id

)

select * from final
