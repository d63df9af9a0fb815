with

steps as (

    {% for mode, is_covered in [
        ('ordered', 'is_covered'), ('strict', 'is_covered'), ('any', 'is_covered_throughout')
    ] %}
    select
        funnel,
        '{{ mode }}' as mode,
        step_number,
        activities,
        {{ is_covered }} as is_told,
        is_last_step
    from {{ ref('int_funnel__coverage') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- a first step alone has nothing before it to be right after
reached as (

    {% for mode, model, n_times, condition in [
        ('ordered', 'int_funnel__ordered', 'n_times', 'true'),
        ('strict', 'int_funnel__ordered', 'n_times', 'step_number = 1'),
        ('strict', 'int_funnel__strict', 'n_times', 'true'),
        ('any', 'int_funnel__any', 'cast(null as bigint)', 'true'),
    ] %}
    select
        funnel,
        '{{ mode }}' as mode,
        customer_id,
        step_number,
        {{ n_times }} as n_times,
        took_s
    from {{ ref(model) }}
    where {{ condition }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

counted as (

    select
        steps.funnel,
        steps.mode,
        steps.step_number,
        steps.activities,
        {{ where_covered('steps.is_told', 'cast(count(reached.customer_id) as bigint)') }} as n_customers,
        {{ where_covered("steps.is_told and steps.mode <> 'any'", whole('sum(reached.n_times)')) }} as n_times,
        {{ where_covered('steps.step_number > 1', median('reached.took_s') ~ ' / 86400.0') }} as median_days,
        steps.is_last_step
    from steps
    left join reached
        on
            steps.funnel = reached.funnel
            and steps.mode = reached.mode
            and steps.step_number = reached.step_number
    group by
        steps.funnel, steps.mode, steps.step_number, steps.activities, steps.is_told, steps.is_last_step

),

compared as (

    select
        *,
        first_value(n_customers) over in_order as n_entered,
        lag(n_customers) over in_order as n_before
    from counted
    window in_order as (partition by funnel, mode order by step_number)

),

final as (

    select
        funnel,
        mode,
        step_number,
        activities,
        n_customers,
        n_times,
        n_entered,
        {{ share('n_customers', 'n_entered') }} as conversion_rate,
        n_before,
        {{ share('n_customers', 'n_before') }} as step_rate,
        median_days,
        is_last_step
    from compared

)

select * from final
