-- The Monday by which a customer had stood above the bar for so many weeks running for the first time.
with

reached as (

    select
        scores.customer_id,
        scores.observed_on,
        row_number() over (partition by scores.customer_id order by scores.observed_on) as place
    from {{ ref('int_lifecycle__weekly_scores') }} as scores
    inner join {{ ref('int_customer__customers') }} as customers on scores.customer_id = customers.customer_id
    inner join {{ ref('int_lifecycle__weekly_bars') }} as bars
        on
            customers.b2b_b2c = bars.b2b_b2c
            and scores.observed_on = bars.observed_on
            and scores.raw_score >= bars.least_score

),

-- weeks in a row are as far from the first as their places are
runs as (

    select
        customer_id,
        observed_on,
        row_number() over (
            partition by customer_id, {{ dbt.dateadd('day', '-7 * place', 'observed_on') }}
            order by observed_on
        ) as weeks_running
    from reached

),

final as (

    select
        runs.customer_id,
        min(runs.observed_on) as engaged_on
    from runs
    cross join {{ ref('lifecycle_settings') }} as settings
    where runs.weeks_running >= settings.engaged_weeks
    group by runs.customer_id

)

select * from final
