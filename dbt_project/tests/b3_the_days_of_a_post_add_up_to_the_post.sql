-- B3: whatever kind of post it is (an own one, an answer), all that was done about it is in its days.
with

days as (

    select
        source_system,
        post_id,
        sum(
            coalesce(likes, 0) + coalesce(comments, 0) + coalesce(shares, 0) + coalesce(quotes, 0)
            + machine_interactions
        ) as n_acts
    from {{ ref('social_post_days') }}
    group by source_system, post_id

),

posts as (

    select
        source_system,
        post_id,
        count(*) as n_acts
    from {{ ref('social_interactions') }}
    where is_on_own_post
    group by source_system, post_id

)

select
    posts.source_system,
    posts.post_id
from posts
left join days on posts.source_system = days.source_system and posts.post_id = days.post_id
where days.n_acts is null or days.n_acts <> posts.n_acts
