with

statements as (

    select * from {{ source('mastodon', 'followers') }}

),

latest as (

    {{ latest_statement('statements', ['follower_id', 'day']) }}

),

final as (

    select
        follower_id,
        follower_acct_digest,
        is_follower_bot,
        day as _day
    from latest

)

select * from final
