{{ config(materialized='view') }}

with

statements as (

    select * from {{ ref('stg_mailchimp__member_statements') }}

),

unsubscribes as (

    select * from {{ ref('stg_mailchimp__unsubscribes') }}

),

said as (

    select
        member_id,
        list_id,
        'subscribed' as vendor_status,
        true as is_act,
        opted_in_at as stated_at
    from statements
    where opted_in_at is not null
    union
    select
        member_id,
        list_id,
        status as vendor_status,
        false as is_act,
        changed_at as stated_at
    from statements
    union
    select
        member_id,
        list_id,
        'unsubscribed' as vendor_status,
        true as is_act,
        unsubscribed_at as stated_at
    from unsubscribes

),

final as (

    select
        'mailchimp' as source_system,
        'mailchimp_member_id' as identifier_type,
        member_id as identifier_value,
        list_id,
        vendor_status,
        'consent' as basis_for_processing,
        is_act,
        stated_at
    from said

)

select * from final
