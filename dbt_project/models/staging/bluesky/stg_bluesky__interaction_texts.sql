{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('bluesky', 'interactions') }}
    where {{ in_touched_days('day') }} and text is not null

),

latest as (

    {{ latest_statement('statements', ['interaction_uri', 'day']) }}

),

final as (

    select
        interaction_uri,
        text,
        day as _day
    from latest

)

select * from final
