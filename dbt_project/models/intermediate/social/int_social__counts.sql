{% set counts = [
    'n_owned_posts', 'n_owned_answers', 'n_likes', 'n_comments', 'n_shares', 'n_own_shares', 'n_mentions', 'n_earned_posts',
    'n_new_followers'
] %}

with

acts as (

    select
        events.source_system,
        types.interaction_type,
        posts.post_id is not null as is_on_own_post,
        events.activity_date
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('social_types') }} as types on events.activity = types.activity
    left join {{ ref('int_social__posts') }} as posts
        on events.source_system = posts.source_system and events.content_id = posts.post_id
    where events.machine_reason is null and events.activity_date < {{ as_of() }}

),

-- a share and a quote both pass a post on; a quote, like a mention, is also a post of one's own about the company
readings as (

    {% for name, condition in [
        ('n_likes', "interaction_type = 'like'"),
        ('n_comments', "interaction_type = 'comment'"),
        ('n_shares', "interaction_type in ('share', 'quote')"),
        ('n_own_shares', "interaction_type in ('share', 'quote') and is_on_own_post"),
        ('n_mentions', "interaction_type = 'mention'"),
        ('n_earned_posts', "interaction_type in ('mention', 'quote')"),
        ('n_new_followers', "interaction_type = 'follow'"),
    ] %}
    select
        source_system,
        '{{ name }}' as what,
        count(*) as n,
        activity_date as post_date
    from acts
    where {{ condition }}
    group by source_system, activity_date
    union all
    {% endfor %}
    select
        source_system,
        case when is_answer then 'n_owned_answers' else 'n_owned_posts' end as what,
        count(*) as n,
        cast(created_at as date) as post_date
    from {{ ref('int_social__posts') }}
    where created_at < {{ as_of() }}
    group by source_system, is_answer, cast(created_at as date)

),

covered as (

    select * from {{ ref('int_social__covered_days') }}

),

days as (

    select
        covered.source_system,
        {% for count in counts %}
        cast(coalesce(sum(case when readings.what = '{{ count }}' then readings.n end), 0) as bigint) as {{ count }},
        {% endfor %}
        covered.date_day as post_date
    from covered
    left join readings
        on covered.source_system = readings.source_system and covered.date_day = readings.post_date
    group by covered.source_system, covered.date_day

),

final as (

    select * from days
    union all
    select
        'all' as source_system,
        {% for count in counts %}
        cast(sum({{ count }}) as bigint) as {{ count }},
        {% endfor %}
        post_date
    from days
    group by post_date

)

select * from final
