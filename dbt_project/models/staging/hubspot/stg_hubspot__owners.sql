with

statements as (

    select * from {{ source('hubspot', 'owners') }}

),

latest as (

    {{ latest_statement('statements', ['owner_id']) }}

),

final as (

    select
        owner_id,
        email_digest,
        is_archived,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
