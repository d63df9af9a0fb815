-- The first act of the days that began a stage, where the stage is not begun by an act of a certain kind.
with

wanted as (

    select distinct
        customer_id,
        started_on
    from {{ ref('int_lifecycle__islands') }}
    where evidence_at is null

),

types as (

    select
        types.activity,
        signals.activity is not null as is_awareness
    from {{ ref('activity_types') }} as types
    left join {{ ref('lifecycle_signals') }} as signals
        on types.activity = signals.activity and signals.signal = 'awareness'
    where types.direction = 'inbound' and types.counts_as_active

),

acts as (

    select
        events.customer_id,
        events.activity_id,
        types.is_awareness,
        events.activity_date,
        events.ts,
        row_number() over (
            partition by events.customer_id, events.activity_date
            order by events.ts, events.activity_id
        ) as place,
        row_number() over (
            partition by events.customer_id, events.activity_date, types.is_awareness
            order by events.ts, events.activity_id
        ) as place_in_kind
    from {{ ref('int_activity__events') }} as events
    inner join wanted
        on events.customer_id = wanted.customer_id and events.activity_date = wanted.started_on
    inner join types on events.activity = types.activity
    where events.machine_reason is null

),

final as (

    select
        customer_id,
        activity_id,
        false as is_discovery,
        activity_date,
        ts
    from acts
    where place = 1
    union all
    select
        customer_id,
        activity_id,
        true as is_discovery,
        activity_date,
        ts
    from acts
    where is_awareness and place_in_kind = 1

)

select * from final
