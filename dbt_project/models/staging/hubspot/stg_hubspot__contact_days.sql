{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('hubspot', 'contacts') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['contact_id', 'day'], 'modified_at') }}

),

final as (

    select
        contact_id,
        site_user_id,
        phone_digest,
        bluesky_handle_digest,
        mastodon_handle_digest,
        x_handle_digest,
        merged_contact_ids,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
