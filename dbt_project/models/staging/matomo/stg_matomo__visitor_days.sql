{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('matomo', 'visits') }}
    where {{ in_touched_days('day') }} and user_id is not null and user_id <> ''

),

final as (

    select
        visitor_id,
        user_id,
        {{ utc('min(first_action_at)') }} as first_seen_at,
        {{ utc('max(last_action_at)') }} as last_seen_at,
        day as _day
    from statements
    group by visitor_id, user_id, day

)

select * from final
