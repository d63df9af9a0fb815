-- One step right after the other: nothing else that the customer did of their own lies between. Only whoever came to a
-- second step at all can have done so.
with

settings as (

    select * from {{ ref('funnel_settings') }}

),

entrants as (

    select
        funnel,
        customer_id
    from {{ ref('int_funnel__ordered') }}
    where step_number = 2

),

acts as (

    select
        entrants.funnel,
        entrants.customer_id,
        coalesce(steps.step_number, 0) as step_number,
        events.ts,
        row_number() over (
            partition by entrants.funnel, entrants.customer_id
            order by events.ts, coalesce(steps.step_number, 99), events.activity_id
        ) as place
    from {{ ref('int_activity__events') }} as events
    inner join entrants on events.customer_id = entrants.customer_id
    inner join {{ ref('activity_types') }} as types on events.activity = types.activity
    cross join settings
    left join {{ ref('funnel_steps') }} as steps
        on entrants.funnel = steps.funnel and events.activity = steps.activity
    where
        events.machine_reason is null
        and (types.direction = 'inbound' or steps.step_number is not null)
        and {{ is_within('events.activity_date', 'settings.history_in_days') }}

),

-- a chain stands as far from its first act as its steps are
chained as (

    select
        funnel,
        customer_id,
        step_number,
        {% for before in range(1, 5) %}
        lag(step_number, {{ before }}) over in_order as step_{{ before }}_before,
        lag(ts, {{ before }}) over in_order as at_{{ before }}_before,
        {% endfor %}
        ts
    from acts
    window in_order as (partition by funnel, customer_id order by place)

),

reached as (

    select
        funnel,
        customer_id,
        step_number,
        case
            {% for step in range(2, 6) %}
            when
                step_number = {{ step }}
                {% for before in range(1, step) %}
                and step_{{ before }}_before = {{ step - before }}
                {% endfor %}
                then {{ epoch_seconds('ts') }} - {{ epoch_seconds('at_' ~ (step - 1) ~ '_before') }}
            {% endfor %}
        end as took_s
    from chained

),

final as (

    select
        reached.funnel,
        reached.customer_id,
        reached.step_number,
        count(*) as n_times,
        min(reached.took_s) as took_s
    from reached
    cross join settings
    where reached.took_s <= settings.within_days * 86400
    group by reached.funnel, reached.customer_id, reached.step_number

)

select * from final
