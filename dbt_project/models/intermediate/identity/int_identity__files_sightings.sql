{{ config(materialized='view') }}

with

people as (

    select * from {{ ref('int_identity__files_people') }}

),

seen as (

    select
        record_type,
        record_id,
        'record' as rule,
        record_type as identifier_type,
        record_id as identifier_value,
        false as is_role_mailbox,
        seen_at,
        _day
    from people
    union all
    select
        record_type,
        record_id,
        case when record_type = 'loyalty_id' then 'loyalty_email' else 'buyer_email' end as rule,
        'email' as identifier_type,
        email_digest as identifier_value,
        is_role_mailbox,
        seen_at,
        _day
    from people
    union all
    select
        record_type,
        record_id,
        'loyalty_phone' as rule,
        'phone' as identifier_type,
        phone_digest as identifier_value,
        false as is_role_mailbox,
        seen_at,
        _day
    from people
    where record_type = 'loyalty_id'

),

final as (

    select
        'files' as source_system,
        record_type,
        record_id,
        rule,
        identifier_type,
        identifier_value,
        is_role_mailbox,
        min(seen_at) as seen_at,
        min(seen_at) as seen_until,
        _day
    from seen
    where identifier_value <> ''
    group by record_type, record_id, rule, identifier_type, identifier_value, is_role_mailbox, _day

)

select * from final
