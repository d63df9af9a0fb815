{{ config(materialized='view') }}

-- GA4 tells attention with the event after it: what an event reports was spent since the one before. It goes to the act
-- before it in the same session and file, on whose page it was spent; before the first act it goes to that one.
with

events as (

    select
        events.event_id,
        coalesce(events.ga4_session_id, events.event_id) as session_key,
        events.engagement_time_in_ms,
        events.event_at,
        events._day,
        case when names.event_name is null or names.vendor_action is not null then 1 else 0 end as is_act
    from {{ ref('stg_ga4__events') }} as events
    left join {{ ref('ga4_events') }} as names on events.event_name = names.event_name

),

numbered as (

    select
        *,
        sum(is_act) over (
            partition by _day, session_key
            order by event_at, event_id
            rows unbounded preceding
        ) as acts_so_far
    from events

),

spent as (

    select
        _day,
        session_key,
        greatest(acts_so_far - is_act, 1) as act_number,
        sum(engagement_time_in_ms) as engagement_time_in_ms
    from numbered
    where engagement_time_in_ms is not null
    group by _day, session_key, greatest(acts_so_far - is_act, 1)

),

final as (

    select
        numbered.event_id,
        cast(round(spent.engagement_time_in_ms / 1000.0) as {{ dbt.type_int() }}) as engaged_time_in_s
    from numbered
    inner join spent
        on
            numbered._day = spent._day
            and numbered.session_key = spent.session_key
            and numbered.acts_so_far = spent.act_number
    where numbered.is_act = 1

)

select * from final
