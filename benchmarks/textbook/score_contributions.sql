-- What each activity gives to the score, from every act of the window: the daily cap by numbering.
with

acts as (

    select
        events.customer_id,
        events.activity,
        types.weight,
        types.daily_cap,
        date '{as_of}' - events.activity_date - 1 as age_in_days,
        row_number() over (
            partition by events.customer_id, events.activity, events.activity_date order by events.ts
        ) as place
    from intermediate.int_activity__events as events
    inner join seeds.activity_types as types on events.activity = types.activity
    where
        events.customer_id is not null and events.machine_reason is null
        and types.direction = 'inbound' and types.counts_as_active and types.weight > 0
        and events.activity_date >= date '{as_of}' - 37

),

contributions as (

    select
        customer_id,
        activity,
        count(*) filter (where age_in_days < 30) as n_counted,
        coalesce(sum(weight * power(0.5, age_in_days / 14.0)) filter (where age_in_days < 30), 0) as points,
        coalesce(sum(weight * power(0.5, (age_in_days - 7) / 14.0)) filter (where age_in_days >= 7), 0) as points_then
    from acts
    where place <= daily_cap
    group by all

)

select
    *,
    points - points_then as delta_7d,
    points / nullif(sum(points) over (partition by customer_id), 0) as points_share
from contributions
