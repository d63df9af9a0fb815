-- Sessions as every tutorial cuts them: two nested windows over all acts, text keys, then one group by.
with

acts as (

    select
        *,
        coalesce(customer_id, anonymous_customer_id) as actor_id
    from intermediate.int_activity__events
    where source_system = 'matomo' and identifier_value is not null

),

opened as (

    select
        *,
        case
            when ts - lag(ts) over (partition by actor_id order by ts, activity_id) <= interval 30 minute then 0
            else 1
        end as is_new
    from acts

),

numbered as (

    select
        *,
        sum(is_new) over (partition by actor_id order by ts, activity_id rows unbounded preceding) as session_number
    from opened

),

sessions as (

    select
        actor_id,
        min(customer_id) as customer_id,
        min(anonymous_customer_id) as anonymous_customer_id,
        arg_min(activity_id, (ts, activity_id)) filter (where default_channel_group is not null) as entry_activity_id,
        arg_min(content_id, (ts, activity_id)) filter (where default_channel_group is not null) as entry_content_id,
        arg_min(campaign_id, (ts, activity_id)) filter (where default_channel_group is not null) as campaign_id,
        coalesce(
            arg_min(default_channel_group, (ts, activity_id)) filter (where default_channel_group is not null),
            'Unassigned'
        ) as default_channel_group,
        count(*) as n_activities,
        sum(case when activity = 'viewed_page' then 1 else 0 end) as views,
        sum(case when activity in ('reached_goal', 'ordered_on_site') then 1 else 0 end) as n_goals,
        sum(engaged_time_in_s) as engaged_time_in_s,
        min(ts) as started_at,
        max(ts) as ended_at
    from numbered
    group by actor_id, session_number

)

select
    md5(concat(actor_id, '#', started_at::text)) as session_id,
    * exclude (actor_id),
    coalesce(
        last_value(case when default_channel_group <> 'Direct' then default_channel_group end ignore nulls)
            over (partition by actor_id order by started_at rows unbounded preceding),
        'Direct'
    ) as last_non_direct_channel_group,
    epoch(ended_at - started_at)::integer as absolute_time_in_s,
    coalesce(engaged_time_in_s, 0) >= 10 or views >= 2 or n_goals > 0 as is_engaged,
    started_at::date as session_date
from sessions
