{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('bluesky', 'followers') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['follower_did', 'day']) }}

),

final as (

    select
        follower_did,
        follower_handle_digest,
        day as _day
    from latest

)

select * from final
