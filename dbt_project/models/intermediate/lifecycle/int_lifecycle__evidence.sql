-- What is evidence of which stage. Where the time of day is null, the first act of the day is
-- meant.
with

signals as (

    select * from {{ ref('int_lifecycle__signals') }}

),

purchases as (

    select * from {{ ref('int_lifecycle__purchases') }}

),

firsts as (

    select
        acts.customer_id,
        min(acts.activity_date) as first_date,
        min(case when signals.signal = 'awareness' then acts.activity_date end) as first_awareness_date
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    left join {{ ref('lifecycle_signals') }} as signals
        on acts.activity = signals.activity and signals.signal = 'awareness'
    where
        acts.n_human > 0
        and types.direction = 'inbound'
        and types.counts_as_active
        and acts.activity_date < {{ as_of() }}
    group by acts.customer_id

),

final as (

    {% for stage, source, activity_id, date, instant, condition in [
        ('first_experience', 'firsts', 'null', 'first_date', 'null', 'first_date is not null'),
        ('discover', 'firsts', 'null', 'first_awareness_date', 'null', 'first_awareness_date is not null'),
        ('building_relationship', 'purchases', 'activity_id', 'purchase_date', 'purchased_at', 'true'),
        ('building_relationship', ref('int_lifecycle__engaged_days'), 'entry_activity_id', 'session_date',
            'started_at', 'true'),
        ('loyalty', ref('int_lifecycle__loyal_days'), 'activity_id', 'evidence_date', 'evidence_at', 'true'),
        ('shop', ref('int_lifecycle__shop_days'), 'activity_id', 'activity_date', 'ts', 'true'),
        ('buy', 'purchases', 'activity_id', 'purchase_date', 'purchased_at', 'true'),
    ] %}
    select
        customer_id,
        cast({{ activity_id }} as {{ dbt.type_string() }}) as activity_id,
        '{{ stage }}' as stage,
        {{ date }} as evidence_date,
        cast({{ instant }} as {{ dbt.type_timestamp() }}) as evidence_at
    from {{ source }}
    where {{ condition }}
    union all
    {% endfor %}
    select
        customer_id,
        activity_id,
        stage,
        activity_date as evidence_date,
        ts as evidence_at
    from signals
    where stage is not null
    union all
    select
        signals.customer_id,
        signals.activity_id,
        signals.level as stage,
        signals.activity_date as evidence_date,
        signals.ts as evidence_at
    from signals
    left join purchases
        on signals.customer_id = purchases.customer_id and purchases.purchase_day_number = 1
    where
        signals.level = 'advocate'
        or (signals.level = 'own' and signals.ts > purchases.purchased_at)

)

select * from final
