with

statements as (

    select * from {{ source('salesforce', 'events') }}

),

latest as (

    {{ latest_statement('statements', ['event_id'], 'modified_at') }}

),

final as (

    select
        event_id,
        who_id,
        what_id,
        owner_id,
        event_subtype,
        is_child,
        is_deleted,
        {{ utc('started_at') }} as started_at,
        {{ utc('ended_at') }} as ended_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
