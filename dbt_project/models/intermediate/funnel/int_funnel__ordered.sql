-- One step after the other, whatever else was done between them. At each act of a step the latest start that the step
-- before was reached from: no other start could be within its time if that one is not.
with

step_1 as (

    select
        *,
        case when step_number = 1 then ts end as started_1
    from {{ ref('int_funnel__acts') }}

),

{% for step in range(2, 6) %}
looked_back_{{ step }} as (

    select
        *,
        max(started_{{ step - 1 }}) over (
            partition by funnel, customer_id
            order by ts, step_number, activity_id
            rows unbounded preceding
        ) as start_before_{{ step }}
    from step_{{ step - 1 }}

),

step_{{ step }} as (

    select
        *,
        case
            when
                step_number = {{ step }}
                and {{ epoch_seconds('ts') }} - {{ epoch_seconds('start_before_' ~ step) }} <= within_days * 86400
                then start_before_{{ step }}
        end as started_{{ step }}
    from looked_back_{{ step }}

),

{% endfor %}
reached as (

    select
        *,
        coalesce(started_1, started_2, started_3, started_4, started_5) as started_at
    from step_5

),

final as (

    select
        funnel,
        customer_id,
        step_number,
        cast(sum(n_acts) as bigint) as n_times,
        min({{ epoch_seconds('ts') }} - {{ epoch_seconds('started_at') }}) as took_s
    from reached
    where started_at is not null
    group by funnel, customer_id, step_number

)

select * from final
