with

statements as (

    select * from {{ source('bluesky', 'interactions') }}
    where {{ in_touched_days('day', margin=1) }}

),

latest as (

    {{ latest_statement('statements', ['interaction_uri']) }}

),

final as (

    select
        interaction_uri,
        subject_uri,
        actor_did,
        reason,
        actor_handle_digest,
        {{ utc('created_at') }} as created_at,
        {{ utc('indexed_at') }} as indexed_at,
        day as _day
    from latest

)

select * from final
