with

statements as (

    select * from {{ source('x', 'followers') }}

),

latest as (

    {{ latest_statement('statements', ['follower_id', 'day']) }}

),

final as (

    select
        follower_id,
        follower_handle_digest,
        day as _day
    from latest

)

select * from final
