-- Identifiers that are with another customer than in the last build. Devices and phones only follow, they do not move.
with

devices as (

    select record_type from {{ ref('identity_rules') }}
    where valid_for_hours is not null

),

people as (

    select * from {{ ref('int_identity__after') }}
    where
        identifier_type <> 'phone'
        and identifier_type not in (select devices.record_type from devices)

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
