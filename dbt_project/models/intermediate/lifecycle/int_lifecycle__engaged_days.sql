-- Engaged visits from the second day on: who came back. The first of the day stands for it.
with

ranked as (

    select
        customer_id,
        entry_activity_id,
        dense_rank() over (partition by customer_id order by session_date) as engaged_day_number,
        row_number() over (partition by customer_id, session_date order by started_at, session_id) as place,
        session_date,
        started_at
    from {{ ref('int_session__sessions') }}
    where customer_id is not null and is_engaged and session_date < {{ as_of() }}

),

final as (

    select
        ranked.customer_id,
        ranked.entry_activity_id,
        ranked.session_date,
        ranked.started_at
    from ranked
    cross join {{ ref('lifecycle_settings') }} as settings
    where ranked.place = 1 and ranked.engaged_day_number >= settings.least_engaged_days

)

select * from final
