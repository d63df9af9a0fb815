{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('hubspot', 'contacts') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['contact_id', 'day'], 'modified_at') }}

),

emails as (

    select
        contact_id,
        email,
        email_digest,
        true as is_primary,
        modified_at,
        day
    from latest
    union all
    select
        contact_id,
        {{ each_item('additional_emails') }} as email,
        {{ each_item('additional_emails_digest') }} as email_digest,
        false as is_primary,
        modified_at,
        day
    from latest

),

final as (

    select
        contact_id,
        email_digest,
        is_primary,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from emails
    where email_digest <> ''

)

select * from final
