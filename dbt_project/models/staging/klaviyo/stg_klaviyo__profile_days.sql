{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('klaviyo', 'profiles') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['profile_id', 'day'], 'updated_at') }}

),

final as (

    select
        profile_id,
        nullif(external_id, '') as external_id,
        email_digest,
        phone_digest,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        day as _day
    from latest

)

select * from final
