with

statements as (

    select * from {{ source('hubspot', 'meetings') }}

),

latest as (

    {{ latest_statement('statements', ['meeting_id'], 'modified_at') }}

),

final as (

    select
        meeting_id,
        owner_id,
        outcome,
        is_archived,
        {{ utc('started_at') }} as started_at,
        {{ utc('ended_at') }} as ended_at,
        {{ utc('happened_at') }} as happened_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
