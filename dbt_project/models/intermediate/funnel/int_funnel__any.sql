-- The steps in whatever order: at each act, how many of them were done lately.
with

acts as (

    select * from {{ ref('int_funnel__acts') }}

),

done as (

    select
        funnel,
        customer_id,
        within_days,
        {% for step in range(1, 6) %}
        max(case when step_number = {{ step }} then ts end) over so_far as done_{{ step }}_at,
        {% endfor %}
        ts
    from acts
    window so_far as (
        partition by funnel, customer_id
        order by ts, step_number, activity_id
        rows unbounded preceding
    )

),

lately as (

    select
        funnel,
        customer_id,
        {% for step in range(1, 6) %}
        case
            when {{ epoch_seconds('ts') }} - {{ epoch_seconds('done_' ~ step ~ '_at') }} <= within_days * 86400
                then done_{{ step }}_at
        end as done_{{ step }}_at,
        {% endfor %}
        ts
    from done

),

counted as (

    select
        funnel,
        customer_id,
        case when done_1_at is null then 0 else 1 end
        {% for step in range(2, 6) %}
        + case when done_{{ step }}_at is null then 0 else 1 end
        {% endfor %}
            as step_number,
        {{ epoch_seconds('ts') }}
        - {{ epoch_seconds('least(done_1_at, done_2_at, done_3_at, done_4_at, done_5_at)') }} as took_s
    from lately

),

final as (

    select
        funnel,
        customer_id,
        step_number,
        min(took_s) as took_s
    from counted
    group by funnel, customer_id, step_number

)

select * from final
