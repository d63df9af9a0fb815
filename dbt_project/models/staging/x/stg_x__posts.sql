with

statements as (

    select * from {{ source('x', 'posts') }}

),

latest as (

    {{ latest_statement('statements', ['post_id']) }}

),

final as (

    select
        post_id,
        author_id,
        conversation_id,
        in_reply_to_user_id,
        language,
        like_count,
        repost_count,
        reply_count,
        quote_count,
        impression_count,
        {{ utc('created_at') }} as created_at,
        day as _day
    from latest

)

select * from final
