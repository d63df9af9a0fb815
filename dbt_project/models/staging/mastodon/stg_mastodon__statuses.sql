with

statements as (

    select * from {{ source('mastodon', 'statuses') }}

),

latest as (

    {{ latest_statement('statements', ['status_id']) }}

),

final as (

    select
        status_id,
        account_id,
        uri,
        boosted_status_id,
        in_reply_to_status_id,
        visibility,
        language,
        favourite_count,
        boost_count,
        reply_count,
        {{ utc('created_at') }} as created_at,
        {{ utc('edited_at') }} as edited_at,
        day as _day
    from latest

)

select * from final
