{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('matomo', 'visits') }}
    where {{ in_touched_days('day', margin=1) }}

),

latest as (

    {{ latest_statement('statements', ['visit_id'], 'last_action_at') }}

),

final as (

    select
        visit_id,
        site_id,
        visitor_id,
        user_id,
        ip_digest,
        referrer_type,
        referrer_name,
        referrer_keyword,
        referrer_url,
        device_type,
        operating_system,
        browser,
        country,
        actions,
        visit_duration_in_s,
        visit_count,
        goal_conversions,
        {{ utc('first_action_at') }} as first_action_at,
        {{ utc('last_action_at') }} as last_action_at,
        day as _day
    from latest

)

select * from final
