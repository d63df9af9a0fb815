{{ config(materialized='view') }}

with

events as (

    select * from {{ ref('int_activity__events') }}

),

types as (

    select * from {{ ref('activity_types') }}

),

campaigns as (

    select * from {{ ref('int_campaign__tracking') }}

),

final as (

    select
        events.activity_id,
        events.customer_id,
        events.anonymous_customer_id,
        events.campaign_id,
        events.content_id,
        events.owner_id,
        events.source_record_id,
        events.activity,
        types.channel,
        events.source_system,
        types.direction,
        case
            when events.source_system in ('matomo', 'ga4') and events.campaign_id is not null then 'company'
            else types.initiator
        end as initiator,
        types.medium,
        types.party,
        types.dimension,
        types.facet,
        types.mode,
        types.touchpoint,
        types.kind,
        events.machine_reason,
        events.feature_json,
        case when types.channel in ('web', 'email') then events.content_id end as link,
        cast(case when events.machine_reason is null then types.weight else 0 end as decimal(9, 3)) as weight,
        cast(row_number() over acts as {{ dbt.type_int() }}) as activity_occurrence,
        events.engaged_time_in_s,
        events.revenue_impact,
        events.machine_reason is not null as is_machine,
        case events.activity
            when 'opened_email' then campaigns.is_tracking_opens
            when 'clicked_email' then campaigns.is_tracking_clicks
            else true
        end as is_tracked,
        types.counts_as_active and events.machine_reason is null as counts_as_active,
        events.activity_date,
        events.ts,
        lead(events.ts) over acts as activity_repeated_at
    from events
    left join types on events.activity = types.activity
    left join campaigns on events.campaign_id = campaigns.campaign_id
    window
        acts as (
            partition by coalesce(events.customer_id, events.anonymous_customer_id, events.activity_id), events.activity
            order by events.ts, events.activity_id
        )

)

select * from final
