{{ config(materialized='view') }}

with

built as (

    select
        *,
        right(entry, 32) as entry_activity_id
    from {{ ref('int_session__built') }}

),

entries as (

    select * from {{ ref('int_session__acts') }}
    where default_channel_group is not null

),

earlier as (

    select * from {{ ref('int_session__earlier_channels') }}

),

arrived as (

    select
        {{ session_id('built.source_system', 'built.actor_id', 'built.started_at') }} as session_id,
        built.actor_id,
        built.source_system,
        built.customer_id,
        built.anonymous_customer_id,
        entries.activity_id as entry_activity_id,
        entries.content_id as entry_content_id,
        entries.campaign_id,
        entries.mkt_source,
        entries.mkt_medium,
        coalesce(entries.default_channel_group, 'Unassigned') as default_channel_group,
        built.n_activities,
        built.views,
        built.n_goals,
        built.engaged_time_in_s,
        case when coalesce(entries.default_channel_group, 'Direct') <> 'Direct' then 1 else 0 end as is_non_direct,
        built.started_at,
        built.ended_at
    from built
    left join entries on built.entry_activity_id = entries.activity_id

),

-- every session since a non-direct one carries the number of that one
runs as (

    select
        *,
        sum(is_non_direct) over (
            partition by actor_id, source_system
            order by started_at
            rows unbounded preceding
        ) as run
    from arrived

),

final as (

    select
        runs.*,
        coalesce(
            max(case when runs.is_non_direct = 1 then runs.default_channel_group end)
                over (partition by runs.actor_id, runs.source_system, runs.run),
            earlier.last_non_direct_channel_group,
            'Direct'
        ) as last_non_direct_channel_group,
        coalesce(
            max(case when runs.is_non_direct = 1 then runs.session_id end)
                over (partition by runs.actor_id, runs.source_system, runs.run),
            earlier.last_non_direct_session_id
        ) as last_non_direct_session_id
    from runs
    left join earlier on runs.actor_id = earlier.actor_id and runs.source_system = earlier.source_system

)

select * from final
