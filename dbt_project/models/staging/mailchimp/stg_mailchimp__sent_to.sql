{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('mailchimp', 'sent_to') }}
    where {{ in_touched_days('day', margin=1) }}

),

latest as (

    {{ latest_statement('statements', ['campaign_id', 'member_id']) }}

),

final as (

    select
        campaign_id,
        list_id,
        member_id_digest as member_id,
        email_digest,
        status,
        open_count,
        {{ utc('last_open_at') }} as last_open_at,
        day as _day
    from latest

)

select * from final
