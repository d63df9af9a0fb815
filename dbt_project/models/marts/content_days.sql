{% set is_asked = dbt.dateadd('day', 2, 'pages.view_date') ~ ' <= ' ~ as_of() %}
{% set is_over = dbt.dateadd('day', 'pages.recalled_within_days + 1', 'pages.view_date') ~ ' <= ' ~ as_of() %}

with

pages as (

    select
        page_days.*,
        settings.recalled_within_days
    from {{ ref('int_content__page_days') }} as page_days
    cross join {{ ref('content_settings') }} as settings

),

-- a source that has told of no comment or share, ever, does not watch for them
told as (

    select
        source_system,
        max(comments) > 0 as has_comments,
        max(shares) > 0 as has_shares
    from pages
    group by source_system

),

read_pages as (

    select
        pages.content_id,
        pages.source_system,
        coalesce(pieces.content_type, 'page') as content_type,
        pages.views,
        pages.readers,
        cast(null as bigint) as likes,
        {{ where_covered('told.has_comments', 'pages.comments') }} as comments,
        {{ share(where_covered('told.has_comments', 'pages.comments'), 'pages.readers') }} as comment_rate,
        {{ where_covered('told.has_shares', 'pages.shares') }} as shares,
        pages.n_views_measured,
        pages.n_read_complete,
        {{ share('pages.n_read_complete', 'pages.n_views_measured') }} as read_completion_rate,
        pages.n_views_timed,
        cast(pages.timed_in_s as double) as engaged_time_in_s,
        cast(pages.expected_in_s as double) as expected_read_s,
        {{ share('pages.timed_in_s', 'pages.expected_in_s') }} as commitment_ratio,
        {{ where_covered(is_asked, 'pages.n_needs_met') }} as n_needs_met,
        {{ share(where_covered(is_asked, 'pages.n_needs_met'), 'pages.readers') }} as need_satisfied_rate,
        pages.n_first_readers,
        {{ where_covered(is_over, 'pages.n_recalled') }} as n_recalled,
        {{ share(where_covered(is_over, 'pages.n_recalled'), 'pages.n_first_readers') }} as recall_rate_30d,
        pages.n_assisted as conversions_assisted,
        pages.view_date as content_date
    from pages
    inner join told on pages.source_system = told.source_system
    left join {{ ref('int_content__pieces') }} as pieces on pages.content_id = pieces.content_id

),

-- a post tells who reacted and not who read it; its quotes pass it on
posts as (

    select
        post_id as content_id,
        source_system,
        'post' as content_type,
        {% for column in ['views', 'readers'] %}
        cast(null as bigint) as {{ column }},
        {% endfor %}
        likes,
        comments,
        cast(null as double) as comment_rate,
        shares + quotes as shares,
        {% for column, type in [
            ('n_views_measured', 'bigint'), ('n_read_complete', 'bigint'), ('read_completion_rate', 'double'),
            ('n_views_timed', 'bigint'), ('engaged_time_in_s', 'double'), ('expected_read_s', 'double'),
            ('commitment_ratio', 'double'), ('n_needs_met', 'bigint'), ('need_satisfied_rate', 'double'),
            ('n_first_readers', 'bigint'), ('n_recalled', 'bigint'), ('recall_rate_30d', 'double'),
            ('conversions_assisted', 'bigint'),
        ] %}
        cast(null as {{ type }}) as {{ column }},
        {% endfor %}
        post_date as content_date
    from {{ ref('social_post_days') }}

),

final as (

    select * from read_pages
    union all
    select * from posts

)

select * from final
