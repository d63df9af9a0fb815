{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('bluesky', 'interactions') }}
    where {{ in_touched_days('day', margin=1) }}

),

latest as (

    {{ latest_statement('statements', ['interaction_uri', 'reason']) }}

),

ranked as (

    -- one act may be told twice, as "like" and as "like-via-repost": it is the plain one
    select
        *,
        row_number() over (partition by interaction_uri order by length(reason), reason) as reason_rank
    from latest

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
    from ranked
    where reason_rank = 1

)

select * from final
