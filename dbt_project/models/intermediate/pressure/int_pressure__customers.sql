-- How many promotional emails came before a customer's first purchase, per span of the time in which they could have.
with

settings as (

    select * from {{ ref('pressure_settings') }}

),

sends as (

    select
        sends.customer_id,
        sends.sent_at
    from {{ ref('int_campaign__email_sends') }} as sends
    inner join {{ ref('int_campaign__objectives') }} as objectives on sends.campaign_id = objectives.campaign_id
    where sends.was_delivered and objectives.is_promotional

),

-- before the first email that anybody was sent nothing is known of pressure
began as (

    select min(sent_at) as first_sent_at
    from {{ ref('int_campaign__email_sends') }}

),

seen as (

    select
        customer_id,
        cast(first_date as timestamp) as first_seen_at
    from {{ ref('int_day__first_days') }}

),

-- whoever may still buy again is not judged, not even one who already did: the young would be successes only
firsts as (

    select
        conversions.customer_id,
        customers.b2b_b2c,
        greatest(
            least(
                coalesce(customers.relationship_started_at, conversions.converted_at),
                coalesce(seen.first_seen_at, conversions.converted_at),
                conversions.converted_at
            ),
            began.first_sent_at
        ) as known_at,
        case
            when
                conversions.next_converted_at
                < {{ dbt.dateadd('day', 'settings.repeat_within_days', 'conversions.converted_at') }}
                then 1
            else 0
        end as repeated,
        settings.tenure_span_in_days,
        conversions.converted_at
    from {{ ref('int_conversion__conversions') }} as conversions
    inner join {{ ref('int_customer__customers') }} as customers on conversions.customer_id = customers.customer_id
    inner join began on conversions.converted_at > began.first_sent_at
    cross join settings
    left join seen on conversions.customer_id = seen.customer_id
    where
        conversions.goal = 'purchase'
        and conversions.customer_goal_seq_number = 1
        and {{ dbt.dateadd('day', 'settings.repeat_within_days', 'conversions.converted_at') }} <= {{ as_of() }}

),

final as (

    select
        firsts.customer_id,
        firsts.b2b_b2c,
        count(sends.sent_at) as n_sends,
        count(sends.sent_at) / greatest(
            ({{ epoch_seconds('firsts.converted_at') }} - {{ epoch_seconds('firsts.known_at') }}) / 86400.0
            / firsts.tenure_span_in_days,
            1.0
        ) as promo_pressure,
        firsts.repeated
    from firsts
    left join sends on firsts.customer_id = sends.customer_id and firsts.converted_at > sends.sent_at
    group by
        firsts.customer_id, firsts.b2b_b2c, firsts.converted_at, firsts.known_at, firsts.tenure_span_in_days,
        firsts.repeated

)

select * from final
