with

sessions as (

    select
        *,
        row_number() over (
            partition by customer_id
            order by started_at, source_system, session_id
        ) as place,
        row_number() over (
            partition by customer_id, last_non_direct_session_id = session_id
            order by started_at desc, source_system, session_id
        ) as place_from_last
    from {{ ref('int_session__sessions') }}
    where customer_id is not null

),

spans as (

    select
        customer_id,
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
        spans.customer_id,
        spans.n_engaged_sessions_28d,
        spans.n_sessions_28d,
        spans.n_sessions_timed_28d,
        spans.engaged_time_28d_in_s,
        firsts.default_channel_group as first_touch_channel_group,
        firsts.mkt_source as first_touch_source,
        firsts.mkt_medium as first_touch_medium,
        firsts.campaign_id as first_touch_campaign_id,
        firsts.entry_content_id as first_touch_content_id,
        firsts.started_at as first_touch_at,
        lasts.default_channel_group as last_non_direct_channel_group,
        lasts.campaign_id as last_non_direct_campaign_id,
        lasts.started_at as last_non_direct_at
    from spans
    inner join sessions as firsts on spans.customer_id = firsts.customer_id and firsts.place = 1
    left join sessions as lasts
        on
            spans.customer_id = lasts.customer_id
            and lasts.place_from_last = 1
            and lasts.last_non_direct_session_id = lasts.session_id

)

select * from final
