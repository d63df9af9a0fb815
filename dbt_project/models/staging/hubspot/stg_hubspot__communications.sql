with

statements as (

    select * from {{ source('hubspot', 'communications') }}

),

latest as (

    {{ latest_statement('statements', ['communication_id'], 'modified_at') }}

),

final as (

    select
        communication_id,
        owner_id,
        channel_type,
        logged_from,
        is_archived,
        {{ utc('happened_at') }} as happened_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
