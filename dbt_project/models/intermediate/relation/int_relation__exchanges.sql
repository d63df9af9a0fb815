{{ config(materialized='view_of_a_build') }}

-- Who speaks to whom and who answers: the order of acts within a day tells, so that these are read one by one.
with

settings as (

    select * from {{ ref('relation_settings') }}

),

acts as (

    select
        events.customer_id,
        events.activity_id,
        case when types.party = 'c2b' then events.owner_id end as owner_id,
        events.activity_date,
        events.ts,
        types.is_message,
        types.is_counted
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('int_relation__types') }} as types on events.activity = types.activity
    cross join settings
    where
        events.customer_id is not null
        and events.machine_reason is null
        and (types.is_message or types.is_counted)
        and {{ is_within('events.activity_date', 'settings.window_in_days') }}

),

-- a day's first and last message answer for all between them: the acts of a customer meet days and not messages
message_days as (

    select
        customer_id,
        min(ts) as first_at,
        max(ts) as last_at
    from acts
    where is_message
    group by customer_id, activity_date

),

-- what comes at the instant of a message does not answer it
two_way as (

    select distinct acts.customer_id
    from acts
    cross join settings
    inner join message_days
        on
            acts.customer_id = message_days.customer_id
            and acts.ts > message_days.first_at
            and {{ epoch_seconds('acts.ts') }} - {{ epoch_seconds('message_days.last_at') }}
            <= settings.answered_within_days * 86400
    where acts.is_counted

),

connections as (

    select
        customer_id,
        count(distinct owner_id) as n_connections_c2b
    from acts
    where is_counted and owner_id is not null
    group by customer_id

),

led as (

    select
        acts.customer_id,
        sum(case when answers.activity_id is null then 1 else 0 end) as n_consumer_led
    from acts
    left join {{ ref('int_activity__answers') }} as answers
        on acts.activity_id = answers.activity_id and acts.activity_date = answers.activity_date
    where acts.is_counted
    group by acts.customer_id

),

final as (

    select
        led.customer_id,
        led.n_consumer_led,
        coalesce(connections.n_connections_c2b, 0) as n_connections_c2b,
        two_way.customer_id is not null as is_two_way
    from led
    left join connections on led.customer_id = connections.customer_id
    left join two_way on led.customer_id = two_way.customer_id

)

select * from final
