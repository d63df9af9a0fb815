{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('salesforce', 'contacts') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['contact_id', 'day'], 'modified_at') }}

),

final as (

    select
        contact_id,
        master_contact_id,
        email_digest,
        phone_digest,
        mobile_phone_digest,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
