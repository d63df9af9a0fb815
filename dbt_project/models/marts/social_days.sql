with

counts as (

    select * from {{ ref('int_social__counts') }}

),

answered as (

    select * from {{ ref('int_social__answered') }}

),

settings as (

    select * from {{ ref('service_settings') }}

),

-- the daily list of followers is as long as there are followers
followers as (

    select
        source_system,
        row_count,
        date_day
    from {{ ref('int_coverage__days') }}
    where entity = 'followers' and is_received

),

month_back as (

    select
        days.source_system,
        days.post_date,
        sum(past.n_owned_posts) as n_owned_posts_28d,
        sum(past.n_earned_posts) as n_earned_posts_28d,
        sum(past.n_own_shares) as n_own_shares_28d
    from counts as days
    inner join counts as past
        on
            days.source_system = past.source_system
            and days.post_date >= past.post_date
            and {{ dbt.dateadd('day', 28, 'past.post_date') }} > days.post_date
    group by days.source_system, days.post_date

),

final as (

    select
        counts.source_system,
        counts.n_owned_posts,
        counts.n_owned_answers,
        counts.n_earned_posts,
        counts.n_likes,
        counts.n_comments,
        counts.n_shares,
        counts.n_mentions,
        counts.n_likes + counts.n_comments + counts.n_shares + counts.n_mentions as social_engagements,
        counts.n_new_followers,
        cast(followers.row_count as bigint) as n_followers,
        {{ share(
            '(counts.n_likes + counts.n_comments + counts.n_shares + counts.n_mentions)', 'followers.row_count'
        ) }} as engagement_rate,
        {{ whole('month_back.n_owned_posts_28d') }} as n_owned_posts_28d,
        {{ whole('month_back.n_earned_posts_28d') }} as n_earned_posts_28d,
        {{ share('month_back.n_earned_posts_28d', 'month_back.n_earned_posts_28d + month_back.n_owned_posts_28d') }}
            as earned_share,
        {{ whole('month_back.n_own_shares_28d') }} as n_own_shares_28d,
        {{ share('month_back.n_own_shares_28d', 'month_back.n_owned_posts_28d') }} as amplification_rate,
        {{ whole('answered.n_remarks') }} as n_remarks,
        {{ whole('answered.n_answered') }} as n_remarks_answered,
        {{ share('answered.n_answered', 'answered.n_remarks') }} as social_response_rate,
        cast(answered.median_first_response_min as double) as median_first_response_min,
        cast({{ dbt.dateadd('day', 'settings.answered_within_days + 1', 'counts.post_date') }} as date)
        <= {{ as_of() }} as is_closed,
        counts.post_date
    from counts
    cross join settings
    inner join month_back on counts.source_system = month_back.source_system and counts.post_date = month_back.post_date
    left join followers on counts.source_system = followers.source_system and counts.post_date = followers.date_day
    left join answered on counts.source_system = answered.source_system and counts.post_date = answered.post_date

)

select * from final
