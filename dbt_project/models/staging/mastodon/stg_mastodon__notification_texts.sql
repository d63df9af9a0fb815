{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('mastodon', 'notifications') }}
    where {{ in_touched_days('day') }} and type in ('mention', 'quote')

),

latest as (

    {{ latest_statement('statements', ['notification_id', 'day']) }}

),

final as (

    select
        notification_id,
        content as text,
        day as _day
    from latest

)

select * from final
