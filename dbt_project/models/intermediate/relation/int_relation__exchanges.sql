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
        events.owner_id,
        events.activity_date,
        events.ts,
        types.is_message,
        types.is_counted,
        types.party
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('int_relation__types') }} as types on events.activity = types.activity
    cross join settings
    where
        events.customer_id is not null
        and events.machine_reason is null
        and (types.is_message or types.is_counted)
        and {{ is_within('events.activity_date', 'settings.window_in_days') }}

),

-- what comes at the instant of a message does not answer it
followed as (

    select
        *,
        max(case when is_message then ts end) over (
            partition by customer_id
            order by ts, is_message
            rows between unbounded preceding and current row
        ) as last_message_at
    from acts

),

answers as (

    select
        answers.activity_id,
        answers.activity_date
    from {{ ref('int_activity__answers') }} as answers
    cross join settings
    where {{ is_within('answers.activity_date', 'settings.window_in_days') }}

),

final as (

    select
        followed.customer_id,
        sum(case when answers.activity_id is null then 1 else 0 end) as n_consumer_led,
        count(distinct case when followed.party = 'c2b' then followed.owner_id end) as n_connections_c2b,
        max(
            case
                when
                    {{ epoch_seconds('followed.ts') }} - {{ epoch_seconds('followed.last_message_at') }}
                    <= settings.answered_within_days * 86400
                    then 1
                else 0
            end
        ) = 1 as is_two_way
    from followed
    cross join settings
    left join answers on followed.activity_id = answers.activity_id and followed.activity_date = answers.activity_date
    where followed.is_counted
    group by followed.customer_id

)

select * from final
