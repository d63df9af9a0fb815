with

statements as (

    select * from {{ source('mastodon', 'boosts') }}

),

latest as (

    {{ latest_statement('statements', ['status_id', 'actor_id', 'day']) }}

),

final as (

    select
        status_id,
        actor_id,
        actor_acct_digest,
        is_actor_bot,
        day as _day
    from latest

)

select * from final
