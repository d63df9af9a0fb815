-- What this build knows otherwise than the last one: an identifier that came, went, or belongs to someone else.
with

people as (

    select
        identifier_type,
        identifier_value,
        customer_id,
        valid_from,
        valid_to
    from {{ ref('int_identity__people') }}
    where customer_id is not null

),

previous as (

    select
        identifier_type,
        identifier_value,
        customer_id,
        valid_from,
        valid_to
    from {{ ref('int_identity__previous') }}
    where identifier_type <> 'customer_id'

),

came as (

    select * from people
    except
    select * from previous

),

went as (

    select * from previous
    except
    select * from people

),

final as (

    select
        identifier_type,
        identifier_value,
        customer_id
    from came
    union
    select
        identifier_type,
        identifier_value,
        customer_id
    from went

)

select * from final
