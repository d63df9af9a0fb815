-- The how-manieth delivered email of the rolling window each was; two of one second are both the later one.
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
        {{ epoch_seconds('sends.sent_at') }} as sent_s,
        settings.window_in_days * 86400 - 1 as window_s
    from {{ ref('int_campaign__email_sends') }} as sends
    cross join settings
    where
        sends.was_delivered
        and sends.sent_date
        >= cast({{ dbt.dateadd('day', '-settings.history_in_days - settings.window_in_days', as_of()) }} as date)

),

counted as (

    select
        *,
        count(*) over (
            partition by person_id
            order by sent_s
            range between window_s preceding and current row
        ) as ordinal
    from sends

),

final as (

    select
        counted.email_send_id,
        counted.customer_id,
        cast(least(counted.ordinal, settings.largest_ordinal) as {{ dbt.type_int() }}) as ordinal,
        counted.was_clicked_human,
        counted.was_unsubscribed
    from counted
    cross join settings
    where
        counted.is_tracked
        and counted.sent_date >= cast({{ dbt.dateadd('day', '-settings.history_in_days', as_of()) }} as date)
        and counted.sent_date < cast({{ dbt.dateadd('day', '-settings.settled_after_days', as_of()) }} as date)

)

select * from final
