with

members as (

    select * from {{ ref('int_identity__components') }}

),

customers as (

    select * from {{ ref('int_identity__customers') }}

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

),

-- the rule that best says why an identifier belongs where it does; a record speaks for itself
evidence as (

    select
        right_type as identifier_type,
        right_value as identifier_value,
        min(rule) as rule,
        max(confidence) as confidence
    from {{ ref('int_identity__links') }}
    group by right_type, right_value

),

final as (

    select
        members.identifier_type,
        members.identifier_value,
        customers.customer_id,
        members.source_system,
        coalesce(evidence.rule, 'record') as rule,
        coalesce(evidence.confidence, 1.0) as confidence,
        {{ always_from() }} as valid_from,
        {{ always_to() }} as valid_to
    from members
    left join customers on members.component_number = customers.component_number
    left join evidence
        on
            members.identifier_type = evidence.identifier_type
            and members.identifier_value = evidence.identifier_value
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
        'hubspot' as source_system,
        rules.rule,
        rules.confidence,
        {{ always_from() }} as valid_from,
        {{ always_to() }} as valid_to
    from phones
    cross join rules
    where rules.rule = 'contact_phone'

)

select * from final
