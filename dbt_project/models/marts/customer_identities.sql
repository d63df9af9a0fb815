{{ config(materialized='view') }}

with

people as (

    select * from {{ ref('int_identity__people') }}
    where customer_id is not null

),

successors as (

    select * from {{ ref('int_identity__successors') }}

),

final as (

    select
        customer_id,
        identifier_type,
        identifier_value,
        source_system,
        rule,
        confidence,
        valid_from,
        valid_to
    from people
    union all
    select
        new_id as customer_id,
        'customer_id' as identifier_type,
        old_id as identifier_value,
        'rapport' as source_system,
        'merged' as rule,
        1.0 as confidence,
        {{ always_from() }} as valid_from,
        {{ always_to() }} as valid_to
    from successors

)

select * from final
