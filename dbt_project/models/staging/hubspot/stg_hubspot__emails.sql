with

statements as (

    select * from {{ source('hubspot', 'emails') }}

),

latest as (

    {{ latest_statement('statements', ['email_id'], 'modified_at') }}

),

final as (

    select
        email_id,
        thread_id,
        owner_id,
        direction,
        status,
        from_email_digest,
        to_email_digest,
        is_archived,
        {{ utc('happened_at') }} as happened_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
