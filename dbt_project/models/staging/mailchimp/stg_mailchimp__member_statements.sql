with

statements as (

    select * from {{ source('mailchimp', 'members') }}
    union all
    select * from {{ source('mailchimp', 'members_archived') }}

),

final as (

    select
        list_id,
        member_id_digest as member_id,
        status,
        {{ utc('opted_in_at') }} as opted_in_at,
        {{ utc('signed_up_at') }} as signed_up_at,
        {{ utc('changed_at') }} as changed_at,
        day as _day
    from statements

)

select * from final
