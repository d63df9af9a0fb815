-- How often the voice changed in each thread of a customer within the window, and who spoke in it.
with

settings as (

    select * from {{ ref('dialogue_settings') }}

),

said as (

    select
        events.customer_id,
        events.thread_id,
        voices.voice,
        lag(voices.voice) over (
            partition by events.customer_id, events.thread_id
            order by events.ts, events.activity_id
        ) as voice_before
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('dialogue_voices') }} as voices on events.activity = voices.activity
    cross join settings
    where
        events.customer_id is not null
        and events.thread_id is not null
        and events.machine_reason is null
        and voices.voice <> 'both'
        and events.activity_date < {{ as_of() }}
        and {{ dbt.datediff('events.activity_date', as_of(), 'day') }} <= settings.window_in_days

),

final as (

    select
        customer_id,
        thread_id,
        sum(case when voice <> voice_before then 1 else 0 end) as n_turns,
        sum(case when voice = 'customer' then 1 else 0 end) as n_said_by_customer
    from said
    group by customer_id, thread_id

)

select * from final
