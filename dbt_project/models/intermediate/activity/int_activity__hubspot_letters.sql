{{ config(materialized='view') }}

with

events as (

    select
        *,
        case event_type
            when 'STATUSCHANGE' then 'letter:UNSUBSCRIBE'
            else concat('letter:', event_type)
        end as vendor_action,
        {{ hubspot_event_id() }} as source_record_id
    from {{ ref('stg_hubspot__email_events') }}
    where
        event_type in ('SENT', 'BOUNCE', 'OPEN', 'CLICK', 'SPAMREPORT', 'FORWARD')
        or (event_type = 'STATUSCHANGE' and is_unsubscribe)

),

machines as (

    select * from {{ ref('int_activity__machine_acts') }}

),

final as (

    select
        events.source_record_id,
        events.vendor_action,
        'email' as identifier_type,
        events.recipient_digest as identifier_value,
        '1' as part_id,
        events.campaign_id,
        split_part(split_part(events.url, '?', 1), '#', 1) as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        case
            when events.event_type = 'BOUNCE' then {{ json_text({'bounce_type': 'lower(events.bounce_category)'}) }}
        end as feature_json,
        machines.machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        events._day,
        events.happened_at as ts
    from events
    left join machines on events.source_record_id = machines.source_record_id

)

select * from final
