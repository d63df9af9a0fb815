with

statements as (

    select * from {{ source('mailchimp', 'members') }}
    union all
    select * from {{ source('mailchimp', 'members_archived') }}

),

latest as (

    {{ latest_statement('statements', ['list_id', 'member_id'], 'changed_at') }}

),

final as (

    select
        list_id,
        member_id_digest as member_id,
        contact_id,
        email_digest,
        status,
        source,
        member_rating,
        {{ exclusion_of_email('email') }} as email_exclusion,
        is_vip,
        {{ utc('opted_in_at') }} as opted_in_at,
        {{ utc('signed_up_at') }} as signed_up_at,
        {{ utc('changed_at') }} as changed_at,
        day as _day
    from latest

)

select * from final
