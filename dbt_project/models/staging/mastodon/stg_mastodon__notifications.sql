{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('mastodon', 'notifications') }}
    where {{ in_touched_days('day', margin=1) }}

),

latest as (

    {{ latest_statement('statements', ['notification_id']) }}

),

final as (

    select
        notification_id,
        status_id,
        in_reply_to_status_id,
        in_reply_to_account_id,
        actor_id,
        type,
        actor_acct_digest,
        is_actor_bot,
        {{ utc('created_at') }} as created_at,
        day as _day
    from latest

)

select * from final
