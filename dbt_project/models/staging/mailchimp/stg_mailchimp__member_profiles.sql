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
        email,
        full_name,
        {{ utc('changed_at') }} as changed_at,
        day as _day
    from latest

)

select * from final
