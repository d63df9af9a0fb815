{{ config(materialized='view') }}

with

people as (

    select * from {{ ref('int_identity__people') }}
    where customer_id is not null

),

final as (

    select
        identifier_type,
        identifier_value,
        customer_id,
        coalesce(valid_from, timestamp '0001-01-01 00:00:00') as valid_from,
        coalesce(valid_to, timestamp '9999-12-31 00:00:00') as valid_to
    from people

)

select * from final
