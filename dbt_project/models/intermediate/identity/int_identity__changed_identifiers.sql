-- What this build knows otherwise than the last one: an identifier that came, went, or belongs to someone else.
with

people as (

    select
        identifier_type,
        identifier_value,
        customer_id,
        valid_from,
        valid_to
    from {{ ref('int_identity__after') }}

),

previous as (

    select
        identifier_type,
        identifier_value,
        customer_id,
        valid_from,
        valid_to
    from {{ ref('int_identity__before') }}

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
