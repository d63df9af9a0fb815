with

sessions as (

    select * from {{ ref('int_session__sessions') }}
    where customer_id is not null

),

starts as (

    select
        customer_id,
        min(started_at) as started_at,
        sum(case when is_engaged and {{ is_within('session_date', 28) }} then 1 else 0 end) as n_engaged_sessions_28d,
        sum(case when {{ is_within('session_date', 28) }} then 1 else 0 end) as n_sessions_28d,
        sum(
            case when engaged_time_in_s is not null and {{ is_within('session_date', 28) }} then 1 else 0 end
        ) as n_sessions_timed_28d,
        sum(case when {{ is_within('session_date', 28) }} then engaged_time_in_s end) as engaged_time_28d_in_s
    from sessions
    group by customer_id

),

final as (

    select
        starts.customer_id,
        starts.n_engaged_sessions_28d,
        starts.n_sessions_28d,
        starts.n_sessions_timed_28d,
        starts.engaged_time_28d_in_s,
        sessions.default_channel_group as first_touch_channel_group,
        sessions.campaign_id as first_touch_campaign_id,
        sessions.entry_content_id as first_touch_content_id,
        starts.started_at as first_touch_at
    from starts
    inner join sessions on starts.customer_id = sessions.customer_id and starts.started_at = sessions.started_at

)

select * from final
