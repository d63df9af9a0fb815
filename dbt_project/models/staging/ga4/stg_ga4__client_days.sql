{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('ga4', 'events') }}
    where {{ in_touched_days('day') }} and user_id <> '' and user_pseudo_id <> ''

),

final as (

    select
        user_pseudo_id as client_id,
        user_id,
        {{ utc('min(event_at)') }} as first_seen_at,
        {{ utc('max(event_at)') }} as last_seen_at,
        day as _day
    from statements
    group by user_pseudo_id, user_id, day

)

select * from final
