-- Whoever did only one of a funnel's steps came no further however often they did it: one row stands for all of it.
with

settings as (

    select * from {{ ref('funnel_settings') }}

),

done as (

    select
        steps.funnel,
        steps.step_number,
        acts.customer_id,
        sum(acts.n_human) as n_acts,
        min(acts.first_at) as first_at
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('funnel_steps') }} as steps on acts.activity = steps.activity
    cross join settings
    where acts.n_human > 0 and {{ is_within('acts.activity_date', 'settings.history_in_days') }}
    group by steps.funnel, steps.step_number, acts.customer_id

),

customers as (

    select
        funnel,
        customer_id,
        max(step_number) as step_number,
        max(n_acts) as n_acts,
        max(first_at) as first_at,
        count(*) as n_steps
    from done
    group by funnel, customer_id

),

final as (

    select
        customers.funnel,
        customers.step_number,
        customers.customer_id,
        cast(null as {{ dbt.type_string() }}) as activity_id,
        customers.n_acts,
        settings.within_days,
        customers.first_at as ts
    from customers
    cross join settings
    where customers.n_steps = 1
    union all
    select
        customers.funnel,
        steps.step_number,
        customers.customer_id,
        events.activity_id,
        1 as n_acts,
        settings.within_days,
        events.ts
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('funnel_steps') }} as steps on events.activity = steps.activity
    inner join customers on steps.funnel = customers.funnel and events.customer_id = customers.customer_id
    cross join settings
    where
        customers.n_steps > 1
        and events.machine_reason is null
        and {{ is_within('events.activity_date', 'settings.history_in_days') }}

)

select * from final
