with

steps as (

    select * from {{ ref('int_kpi__steps') }}

),

segmented as (

    select
        what,
        b2b_b2c as segment,
        step_date,
        step
    from steps
    union all
    select
        what,
        'all' as segment,
        step_date,
        step
    from steps

),

dates as (

    select * from {{ ref('int_kpi__dates') }}

),

-- the steps up to each date: those before the first covered date are summed into it
daily as (

    select
        segment,
        what,
        step_date,
        sum(step) as step
    from segmented
    group by segment, what, step_date

),

final as (

    select
        dates.segment,
        {% for what in [
            'active_7d', 'active_28d', 'interactions_28d', 'cohort', 'retained', 'converted_28d', 'email_consent'
        ] %}
        sum(case when daily.what = '{{ what }}' then daily.step else 0 end) as {{ what }},
        {% endfor %}
        dates.kpi_date
    from dates
    left join daily on dates.segment = daily.segment and daily.step_date <= dates.kpi_date
    group by dates.segment, dates.kpi_date

)

select * from final
