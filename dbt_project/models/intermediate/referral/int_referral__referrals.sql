-- An invitation through all that was said of it. Whoever accepts was invited, also where only the acceptance is told.
with

statements as (

    select
        *,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        {{ files_identifier_type('friend_') }} as friend_identifier_type,
        {{ files_identifier('friend_') }} as friend_identifier_value
    from {{ ref('stg_files__referrals') }}
    where status in ('invited', 'accepted')

),

people as (

    select * from {{ ref('int_activity__people') }}

),

final as (

    select
        statements.referral_id,
        min(referrers.customer_id) as referrer_customer_id,
        min(friends.customer_id) as customer_id,
        max(case when statements.is_incentivised then 1 else 0 end) = 1 as is_incentivised,
        min(statements.happened_at) as invited_at,
        min(case when statements.status = 'accepted' then statements.happened_at end) as accepted_at
    from statements
    left join people as referrers
        on
            statements.identifier_type = referrers.identifier_type
            and statements.identifier_value = referrers.identifier_value
            and statements.happened_at >= referrers.valid_from
            and statements.happened_at < referrers.valid_to
    left join people as friends
        on
            statements.friend_identifier_type = friends.identifier_type
            and statements.friend_identifier_value = friends.identifier_value
            and statements.happened_at >= friends.valid_from
            and statements.happened_at < friends.valid_to
    group by statements.referral_id

)

select * from final
