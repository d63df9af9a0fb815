with

statements as (

    select * from {{ source('bluesky', 'followers') }}

),

latest as (

    {{ latest_statement('statements', ['follower_did']) }}

),

final as (

    select
        follower_did,
        follower_handle_digest,
        day = (select max(statements.day) from statements) as is_following,
        day as _day
    from latest

)

select * from final
