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
        events.ts
    from {{ ref('int_activity__events') }} as events
    inner join wanted
        on events.customer_id = wanted.customer_id and events.activity_date = wanted.started_on
    inner join types on events.activity = types.activity
    where events.machine_reason is null

),

firsts as (

    select
        customer_id,
        activity_date,
        min(ts) as first_at,
        min(case when is_awareness then ts end) as first_awareness_at
    from acts
    group by customer_id, activity_date

),

-- of several acts at that instant one
final as (

    {% for is_discovery, instant in [('false', 'first_at'), ('true', 'first_awareness_at')] %}
    select
        acts.customer_id,
        min(acts.activity_id) as activity_id,
        {{ is_discovery }} as is_discovery,
        acts.activity_date,
        acts.ts
    from acts
    inner join firsts
        on
            acts.customer_id = firsts.customer_id
            and acts.activity_date = firsts.activity_date
            and acts.ts = firsts.{{ instant }}
    where acts.is_awareness or not {{ is_discovery }}
    group by acts.customer_id, acts.activity_date, acts.ts
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
