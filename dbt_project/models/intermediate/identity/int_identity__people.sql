{{ config(materialized='view') }}

with

members as (

    select * from {{ ref('int_identity__members') }}

),

devices as (

    select * from {{ ref('int_identity__devices') }}
    where customer_id is not null

),

phones as (

    select * from {{ ref('int_identity__phones') }}
    where customer_count = 1

),

rules as (

    select * from {{ ref('identity_rules') }}
    where rule = 'contact_phone'

),

final as (

    select
        identifier_type,
        identifier_value,
        customer_id,
        source_system,
        rule,
        confidence,
        {{ always_from() }} as valid_from,
        {{ always_to() }} as valid_to
    from members
    union all
    select
        identifier_type,
        visitor_id as identifier_value,
        customer_id,
        split_part(identifier_type, '_', 1) as source_system,
        rule,
        confidence,
        valid_from,
        valid_to
    from devices
    union all
    select
        'phone' as identifier_type,
        phones.identifier_value,
        phones.customer_id,
        phones.source_system,
        rules.rule,
        rules.confidence,
        {{ always_from() }} as valid_from,
        {{ always_to() }} as valid_to
    from phones
    cross join rules

)

select * from final
