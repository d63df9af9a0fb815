{{ config(materialized='view') }}

with

statements as (

    select * from {{ ref('stg_klaviyo__profile_statements') }}

),

suppressions as (

    select
        profile_id,
        {{ each_item('email_suppressions') }} as suppression
    from statements

),

said as (

    {% for channel in ['email', 'sms', 'push'] %}
    select
        profile_id,
        '{{ channel }}_marketing' as scope,
        {{ channel }}_consent as vendor_status,
        {{ channel }}_consent_at is not null as is_act,
        coalesce({{ channel }}_consent_at, updated_at) as stated_at
    from statements
    union
    {% endfor %}
    select
        profile_id,
        'email_marketing' as scope,
        suppression.reason as vendor_status,
        true as is_act,
        {{ utc('suppression.suppressed_at') }} as stated_at
    from suppressions
    union
    select
        profile_id,
        case when metric like '% SMS %' then 'sms_marketing' else 'email_marketing' end as scope,
        case
            when metric like 'Subscribed %' then 'SUBSCRIBED'
            when metric like 'Unsubscribed%' then 'UNSUBSCRIBED'
            else 'SPAM_COMPLAINT'
        end as vendor_status,
        true as is_act,
        happened_at as stated_at
    from {{ ref('stg_klaviyo__subscription_events') }}

),

final as (

    select
        'klaviyo' as source_system,
        'klaviyo_profile_id' as identifier_type,
        profile_id as identifier_value,
        cast(null as varchar) as list_id,
        scope,
        vendor_status,
        'consent' as basis_for_processing,
        is_act,
        stated_at
    from said
    where vendor_status is not null and stated_at is not null

)

select * from final
