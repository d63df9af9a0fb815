{{ config(materialized='view') }}

with

members as (

    select * from {{ ref('stg_mailchimp__member_days') }}

),

seen as (

    select
        list_id,
        member_id as record_id,
        'record' as rule,
        'mailchimp_member_id' as identifier_type,
        member_id as identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        coalesce(signed_up_at, opted_in_at, changed_at) as seen_at,
        _day
    from members
    union all
    select
        list_id,
        member_id as record_id,
        'member_email' as rule,
        'email' as identifier_type,
        email_digest as identifier_value,
        email_exclusion as exclusion,
        changed_at as seen_at,
        _day
    from members

),

final as (

    select
        'mailchimp' as source_system,
        'mailchimp_member_id' as record_type,
        record_id,
        rule,
        identifier_type,
        identifier_value,
        exclusion,
        seen_at,
        seen_at as seen_until,
        _day,
        {{ dbt.concat(["'mailchimp/members/'", 'list_id', "'/'", 'record_id']) }} as statement_id
    from seen
    where identifier_value <> ''

)

select * from final
