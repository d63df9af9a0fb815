with

bluesky as (

    select
        'bluesky' as source_system,
        post_uri as post_id,
        reply_to_uri is not null as is_answer,
        cast(null as {{ dbt.type_int() }}) as impression_count,
        created_at
    from {{ ref('stg_bluesky__posts') }}
    where coalesce(listed_because, '') = ''

),

mastodon as (

    select
        'mastodon' as source_system,
        status_id as post_id,
        in_reply_to_status_id is not null as is_answer,
        cast(null as {{ dbt.type_int() }}) as impression_count,
        created_at
    from {{ ref('stg_mastodon__statuses') }}
    where boosted_status_id is null

),

x as (

    select
        'x' as source_system,
        post_id,
        in_reply_to_user_id is not null as is_answer,
        impression_count,
        created_at
    from {{ ref('stg_x__posts') }}

),

final as (

    select * from bluesky
    union all
    select * from mastodon
    union all
    select * from x

)

select * from final
