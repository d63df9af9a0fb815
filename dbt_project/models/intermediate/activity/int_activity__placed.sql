{{ config(materialized='view') }}

with

events as (

    select
        *,
        coalesce(customer_id, anonymous_customer_id) as actor_id
    from {{ ref('int_activity__events') }}

),

answers as (

    select * from {{ ref('int_activity__answers') }}

),

sessions as (

    select
        *,
        coalesce(customer_id, anonymous_customer_id) as actor_id
    from {{ ref('int_session__sessions') }}

),

relations as (

    select * from {{ ref('int_account__customer_spells') }}

),

final as (

    select
        events.*,
        sessions.session_id,
        relations.account_id,
        relations.owner_id as customer_owner_id,
        answers.activity_id is not null as is_answer
    from events
    left join answers on events.activity_id = answers.activity_id
    left join sessions
        on
            events.actor_id = sessions.actor_id
            and events.source_system = sessions.source_system
            and events.ts between sessions.started_at and sessions.ended_at
    left join relations
        on
            events.customer_id = relations.customer_id
            and events.ts >= relations.valid_from
            and events.ts < relations.valid_to

)

select * from final
