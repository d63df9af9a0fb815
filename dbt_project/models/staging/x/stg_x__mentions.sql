{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('x', 'mentions') }}
    where {{ in_touched_days('day', margin=1) }}

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
        author_handle_digest,
        language,
        {{ utc('created_at') }} as created_at,
        day as _day
    from latest

)

select * from final
