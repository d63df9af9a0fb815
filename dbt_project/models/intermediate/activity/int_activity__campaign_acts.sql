{{ config(materialized='view_of_a_build') }}

with

sends as (

    select
        sent_to.campaign_id,
        sent_to.member_id,
        'sent' as vendor_action,
        concat('mailchimp/sent_to/', sent_to.campaign_id, '/', sent_to.member_id) as source_record_id,
        cast(null as {{ dbt.type_string() }}) as url,
        case when sent_to.status in ('hard', 'soft') then sent_to.status end as bounce_type,
        cast(null as {{ dbt.type_string() }}) as machine_agent,
        sent_to._day,
        campaigns.sent_at as acted_at
    from {{ ref('stg_mailchimp__sent_to') }} as sent_to
    -- what no campaign dates is no act yet: it would stand on no day, and be taken back on none
    inner join {{ ref('stg_mailchimp__campaigns') }} as campaigns on sent_to.campaign_id = campaigns.campaign_id

),

acts as (

    select
        campaign_id,
        member_id,
        action as vendor_action,
        concat(
            'mailchimp/email_activity/', campaign_id, '/', member_id, '/', action, '/',
            cast({{ epoch_seconds('acted_at') }} as {{ dbt.type_string() }}), '/', coalesce(url, '')
        ) as source_record_id,
        url,
        bounce_type,
        machine_agent,
        _day,
        acted_at
    from {{ ref('stg_mailchimp__email_activity') }}

),

unsubscribes as (

    select
        campaign_id,
        member_id,
        'unsubscribe' as vendor_action,
        concat('mailchimp/unsubscribes/', campaign_id, '/', member_id) as source_record_id,
        cast(null as {{ dbt.type_string() }}) as url,
        cast(null as {{ dbt.type_string() }}) as bounce_type,
        cast(null as {{ dbt.type_string() }}) as machine_agent,
        _day,
        unsubscribed_at as acted_at
    from {{ ref('stg_mailchimp__unsubscribes') }}

),

final as (

    select * from sends
    union all
    select * from acts
    union all
    select * from unsubscribes

)

select * from final
where {{ in_touched_days('_day') }}
