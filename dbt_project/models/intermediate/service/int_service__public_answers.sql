-- What the company first replied in public to what somebody said. X names the person and the conversation only, so
-- that there the first reply after it counts.
with

bluesky as (

    select
        concat('bluesky/interactions/', reply_to_uri) as source_record_id,
        created_at as answered_at
    from {{ ref('stg_bluesky__posts') }}
    where coalesce(listed_because, '') = '' and reply_to_uri is not null

),

mastodon as (

    select
        concat('mastodon/notifications/', notifications.notification_id) as source_record_id,
        statuses.created_at as answered_at
    from {{ ref('stg_mastodon__statuses') }} as statuses
    inner join {{ ref('stg_mastodon__notifications') }} as notifications
        on statuses.in_reply_to_status_id = notifications.status_id
    where statuses.boosted_status_id is null and notifications.type in ('mention', 'quote')

),

x_said as (

    select
        concat('x/mentions/', post_id) as source_record_id,
        author_id,
        conversation_id,
        created_at
    from {{ ref('stg_x__mentions') }}
    union all
    select
        concat('x/quotes/', post_id) as source_record_id,
        author_id,
        post_id as conversation_id,
        created_at
    from {{ ref('stg_x__quotes') }}

),

x as (

    select
        x_said.source_record_id,
        posts.created_at as answered_at
    from {{ ref('stg_x__posts') }} as posts
    inner join x_said
        on
            posts.conversation_id = x_said.conversation_id
            and posts.in_reply_to_user_id = x_said.author_id
            and posts.created_at > x_said.created_at

),

final as (

    select
        source_record_id,
        min(answered_at) as answered_at
    from (
        select * from bluesky
        union all
        select * from mastodon
        union all
        select * from x
    ) as answers
    where answered_at < {{ as_of() }}
    group by source_record_id

)

select * from final
