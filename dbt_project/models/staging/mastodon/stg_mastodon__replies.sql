{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('mastodon', 'replies') }}
    where {{ in_touched_days('day', margin=1) }}

),

latest as (

    {{ latest_statement('statements', ['reply_id']) }}

),

final as (

    select
        reply_id,
        in_reply_to_status_id,
        actor_id,
        visibility,
        actor_acct_digest,
        is_actor_bot,
        {{ utc('created_at') }} as created_at,
        day as _day
    from latest

)

select * from final
