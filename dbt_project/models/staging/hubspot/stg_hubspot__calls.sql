with

statements as (

    select * from {{ source('hubspot', 'calls') }}

),

latest as (

    {{ latest_statement('statements', ['call_id'], 'modified_at') }}

),

final as (

    select
        call_id,
        owner_id,
        direction,
        status,
        duration_in_ms,
        is_archived,
        {{ utc('happened_at') }} as happened_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
