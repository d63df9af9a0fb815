{{ config(materialized='table_on_a_day') }}

with

sources as (

    select * from {{ ref('web_sources') }}
    where makes_sessions

),

events as (

    select
        activity_id,
        customer_id,
        anonymous_customer_id,
        coalesce(customer_id, anonymous_customer_id) as actor_id,
        source_system,
        campaign_id,
        content_id,
        mkt_source,
        mkt_medium,
        activity,
        default_channel_group,
        engaged_time_in_s,
        ts
    from {{ ref('int_activity__events') }}
    where
        source_system in (select sources.source_system from sources)
        and identifier_value is not null

),

{% if is_whole_build() %}

final as (

    select * from events

)

{% else %}

final as (

    select events.*
    from events
    inner join {{ ref('int_session__cuts') }} as cuts
        on
            events.actor_id = cuts.actor_id
            and events.source_system = cuts.source_system
            and events.ts >= cuts.cut_from

)

{% endif %}

select * from final
