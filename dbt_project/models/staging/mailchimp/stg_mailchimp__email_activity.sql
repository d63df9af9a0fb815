{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('mailchimp', 'email_activity') }}
    where {{ in_touched_days('day', margin=1) }}

),

latest as (

    {{ latest_statement('statements', ['campaign_id', 'member_id', 'action', 'acted_at', 'url']) }}

),

final as (

    select
        campaign_id,
        list_id,
        member_id_digest as member_id,
        action,
        url,
        email_digest,
        bounce_type,
        ip_digest,
        {{ machine_agent('ip', 'latest.ip') }} as machine_agent,
        {{ utc('acted_at') }} as acted_at,
        day as _day
    from latest

)

select * from final
