{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        pre_hook="{{ empty_touched_days() }}"
    )
}}

with

events as (

    select * from {{ ref('stg_ga4__events') }}
    where ga4_session_id is not null

),

channels as (

    select * from {{ ref('int_activity__channels') }}

),

final as (

    select
        coalesce(events.session_channel_group, channels.default_channel_group) as default_channel_group,
        count(distinct events.ga4_session_id) as session_count,
        count(distinct events.client_id) as user_count,
        count(*) as event_count,
        events._day
    from events
    inner join channels
        on
            coalesce(events.source, '(direct)') = channels.source
            and coalesce(events.medium, '(none)') = channels.medium
            and coalesce(events.campaign, '') = channels.campaign
    group by coalesce(events.session_channel_group, channels.default_channel_group), events._day

)

select * from final
