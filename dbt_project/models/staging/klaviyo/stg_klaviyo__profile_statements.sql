with

statements as (

    select * from {{ source('klaviyo', 'profiles') }}

),

final as (

    select
        profile_id,
        email_consent,
        sms_consent,
        push_consent,
        email_suppressions,
        {{ utc('coalesce(email_consent_at, email_updated_at)') }} as email_consent_at,
        {{ utc('coalesce(sms_consent_at, sms_updated_at)') }} as sms_consent_at,
        {{ utc('push_consent_at') }} as push_consent_at,
        {{ utc('updated_at') }} as updated_at,
        day as _day
    from statements

)

select * from final
