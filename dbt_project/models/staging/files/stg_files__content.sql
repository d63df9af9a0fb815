with

statements as (

    select * from {{ source('files', 'content') }}

),

latest as (

    {{ latest_statement('statements', ['content_id']) }}

),

final as (

    select
        content_id,
        title,
        content_type,
        word_count,
        {{ utc('published_at') }} as published_at,
        day as _day
    from latest

)

select * from final
