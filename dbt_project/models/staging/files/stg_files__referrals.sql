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
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ exclusion_of_email('friend_email') }} as friend_email_exclusion,
        is_incentivised,
        {{ utc('happened_at') }} as happened_at,
        day as _day
    from latest

)

select * from final
