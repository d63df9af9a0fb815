{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('mailchimp', 'members') }}
    where {{ in_touched_days('day') }}
    union all
    select * from {{ source('mailchimp', 'members_archived') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['list_id', 'member_id', 'day'], 'changed_at') }}

),

final as (

    select
        list_id,
        member_id_digest as member_id,
        email_digest,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('opted_in_at') }} as opted_in_at,
        {{ utc('signed_up_at') }} as signed_up_at,
        {{ utc('changed_at') }} as changed_at,
        day as _day
    from latest

)

select * from final
