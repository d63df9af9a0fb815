with

statements as (

    select * from {{ source('hubspot', 'tickets') }}

),

latest as (

    {{ latest_statement('statements', ['ticket_id'], 'modified_at') }}

),

final as (

    select
        ticket_id,
        owner_id,
        pipeline,
        stage,
        priority,
        source_type,
        is_archived,
        {{ utc('closed_at') }} as closed_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
