{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('x', 'mentions') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['post_id', 'day']) }}

),

final as (

    select
        post_id,
        text,
        day as _day
    from latest

)

select * from final
