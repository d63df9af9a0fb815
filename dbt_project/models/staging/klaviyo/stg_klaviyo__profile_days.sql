with

statements as (

    select * from {{ source('klaviyo', 'profiles') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['profile_id', 'day'], 'updated_at') }}

),

final as (

    select
        profile_id,
        nullif(external_id, '') as external_id,
        email_digest,
        phone_digest,
        {{ is_role_mailbox('email') }} as is_role_mailbox,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        day as _day
    from latest

)

select * from final
