with

acts as (

    select
        source_system,
        post_id,
        case when machine_reason is null then interaction_type else 'machine' end as kind,
        interaction_date as post_date
    from {{ ref('social_interactions') }}
    where is_on_own_post

),

posts as (

    select * from {{ ref('int_social__posts') }}

),

covered as (

    select * from {{ ref('int_social__covered_days') }}

),

counted as (

    select
        source_system,
        post_id,
        sum(case when kind = 'like' then 1 else 0 end) as likes,
        sum(case when kind in ('comment', 'reply') then 1 else 0 end) as comments,
        sum(case when kind = 'share' then 1 else 0 end) as shares,
        sum(case when kind = 'quote' then 1 else 0 end) as quotes,
        sum(case when kind = 'machine' then 1 else 0 end) as machine_interactions,
        post_date
    from acts
    group by source_system, post_id, post_date

),

-- what a network tells in total stands on the day of the post
days as (

    select
        source_system,
        post_id,
        cast(created_at as date) as post_date
    from posts
    union
    select
        source_system,
        post_id,
        post_date
    from counted

),

final as (

    select
        days.post_id,
        days.source_system,
        {{ where_covered('counted.likes > 0 or covered.has_likes', whole('counted.likes')) }} as likes,
        {{ where_covered('counted.comments > 0 or covered.has_comments', whole('counted.comments')) }} as comments,
        {{ where_covered('counted.shares > 0 or covered.has_shares', whole('counted.shares')) }} as shares,
        {{ where_covered('counted.quotes > 0 or covered.has_quotes', whole('counted.quotes')) }} as quotes,
        {{ whole('counted.machine_interactions') }} as machine_interactions,
        cast(null as bigint) as saves,
        cast(posts.impression_count as bigint) as impressions,
        cast(null as bigint) as reach,
        cast(null as bigint) as video_views,
        cast(null as bigint) as clicks,
        posts.impression_count is not null as is_cumulative,
        days.post_date
    from days
    left join counted
        on
            days.source_system = counted.source_system
            and days.post_id = counted.post_id
            and days.post_date = counted.post_date
    left join covered on days.source_system = covered.source_system and days.post_date = covered.date_day
    left join posts
        on
            days.source_system = posts.source_system
            and days.post_id = posts.post_id
            and days.post_date = cast(posts.created_at as date)

)

select * from final
