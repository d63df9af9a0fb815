with

statements as (

    select * from {{ source('files', 'referrals') }}

),

latest as (

    {{ latest_statement('statements', ['referral_id', 'status']) }}

),

final as (

    select
        referral_id,
        nullif(trim(loyalty_id), '') as loyalty_id,
        email_digest,
        phone_digest,
        nullif(trim(friend_loyalty_id), '') as friend_loyalty_id,
        friend_email_digest,
        referral_code,
        lower(trim(status)) as status,
        {{ is_role_mailbox('email') }} as is_role_mailbox,
        {{ is_role_mailbox('friend_email') }} as is_friend_role_mailbox,
        is_incentivised,
        {{ utc('happened_at') }} as happened_at,
        day as _day
    from latest

)

select * from final
