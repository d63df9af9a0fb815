-- Two customers of one act: whoever refers a friend. No other source names both.
with

people as (

    select * from {{ ref('int_activity__people') }}

),

referrals as (

    select
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        {{ files_identifier_type('friend_') }} as friend_identifier_type,
        {{ files_identifier('friend_') }} as friend_identifier_value,
        happened_at
    from {{ ref('stg_files__referrals') }}
    where happened_at < {{ as_of() }}

),

final as (

    select distinct
        people.customer_id,
        friends.customer_id as friend_customer_id
    from referrals
    inner join people
        on
            referrals.identifier_type = people.identifier_type
            and referrals.identifier_value = people.identifier_value
            and referrals.happened_at >= people.valid_from
            and referrals.happened_at < people.valid_to
    inner join people as friends
        on
            referrals.friend_identifier_type = friends.identifier_type
            and referrals.friend_identifier_value = friends.identifier_value
            and referrals.happened_at >= friends.valid_from
            and referrals.happened_at < friends.valid_to
    where people.customer_id <> friends.customer_id

)

select * from final
