-- The how-manieth delivered email of the rolling window each was: it adds one and, a window later, takes it away.
with

settings as (

    select * from {{ ref('pressure_settings') }}

),

sends as (

    select
        sends.email_send_id,
        sends.customer_id,
        coalesce(sends.customer_id, sends.anonymous_customer_id, sends.email_send_id) as person_id,
        sends.was_clicked_human,
        sends.was_unsubscribed,
        sends.is_tracked,
        sends.sent_date,
        sends.sent_at,
        settings.window_in_days
    from {{ ref('int_campaign__email_sends') }} as sends
    cross join settings
    where
        sends.was_delivered
        and sends.sent_date
        >= cast({{ dbt.dateadd('day', '-settings.history_in_days - settings.window_in_days', as_of()) }} as date)

),

steps as (

    select
        email_send_id,
        person_id,
        1 as step,
        sent_at as stepped_at
    from sends
    union all
    select
        email_send_id,
        person_id,
        -1 as step,
        {{ dbt.dateadd('day', 'window_in_days', 'sent_at') }} as stepped_at
    from sends

),

counted as (

    select
        email_send_id,
        step,
        sum(step) over (
            partition by person_id
            order by stepped_at, step, email_send_id
            rows unbounded preceding
        ) as ordinal
    from steps

),

final as (

    select
        sends.email_send_id,
        sends.customer_id,
        cast(least(counted.ordinal, settings.largest_ordinal) as {{ dbt.type_int() }}) as ordinal,
        sends.was_clicked_human,
        sends.was_unsubscribed
    from sends
    inner join counted on sends.email_send_id = counted.email_send_id and counted.step = 1
    cross join settings
    where
        sends.is_tracked
        and sends.sent_date >= cast({{ dbt.dateadd('day', '-settings.history_in_days', as_of()) }} as date)
        and sends.sent_date < cast({{ dbt.dateadd('day', '-settings.settled_after_days', as_of()) }} as date)

)

select * from final
