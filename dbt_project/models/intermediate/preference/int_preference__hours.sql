-- The hour of the day (UTC) in which a customer does most; what is told by the day alone has no hour.
with

settings as (

    select * from {{ ref('preference_settings') }}

),

acts as (

    select
        events.customer_id,
        extract(hour from events.ts) as hour_of_day
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('activity_types') }} as types on events.activity = types.activity
    cross join settings
    where
        events.customer_id is not null
        and events.machine_reason is null
        and types.direction = 'inbound'
        and types.counts_as_active
        and events.ts <> cast(events.activity_date as {{ dbt.type_timestamp() }})
        and events.activity_date < {{ as_of() }}
        and {{ dbt.datediff('events.activity_date', as_of(), 'day') }} <= settings.window_in_days

),

ranked as (

    select
        customer_id,
        hour_of_day,
        count(*) as n_acts,
        sum(count(*)) over (partition by customer_id) as n_all,
        row_number() over (
            partition by customer_id
            order by count(*) desc, hour_of_day
        ) as place
    from acts
    group by customer_id, hour_of_day

),

final as (

    select
        customer_id,
        cast(hour_of_day as {{ dbt.type_int() }}) as pref_hour,
        n_acts as n_in_pref_hour,
        n_all
    from ranked
    where place = 1

)

select * from final
