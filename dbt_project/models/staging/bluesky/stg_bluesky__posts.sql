with

statements as (

    select * from {{ source('bluesky', 'posts') }}

),

latest as (

    {{ latest_statement('statements', ['post_uri', 'listed_because']) }}

),

final as (

    select
        post_uri,
        author_did,
        reply_to_uri,
        listed_because,
        like_count,
        repost_count,
        reply_count,
        quote_count,
        {{ utc('created_at') }} as created_at,
        {{ utc('listed_at') }} as listed_at,
        day as _day
    from latest

)

select * from final
