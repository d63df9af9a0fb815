with

statements as (

    select * from {{ source('klaviyo', 'profiles') }}

),

latest as (

    {{ latest_statement('statements', ['profile_id'], 'updated_at') }}

),

final as (

    select
        profile_id,
        nullif(external_id, '') as external_id,
        email_digest,
        phone_digest,
        organization,
        country,
        email_consent,
        sms_consent,
        push_consent,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('last_event_at') }} as last_event_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        day as _day
    from latest

)

select * from final
