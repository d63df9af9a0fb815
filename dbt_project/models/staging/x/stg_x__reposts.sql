with

statements as (

    select * from {{ source('x', 'reposts') }}

),

latest as (

    {{ latest_statement('statements', ['post_id', 'user_id', 'day']) }}

),

final as (

    select
        post_id,
        user_id,
        user_handle_digest,
        day as _day
    from latest

)

select * from final
