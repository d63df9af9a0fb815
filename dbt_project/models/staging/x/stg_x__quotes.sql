{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('x', 'quotes') }}
    where {{ in_touched_days('day', margin=1) }}

),

latest as (

    {{ latest_statement('statements', ['post_id']) }}

),

final as (

    select
        post_id,
        quoted_post_id,
        author_id,
        author_handle_digest,
        language,
        {{ utc('created_at') }} as created_at,
        day as _day
    from latest

)

select * from final
