with

goals as (

    select * from {{ ref('int_kpi__goals') }}

),

metrics as (

    select * from {{ ref('kpi_metrics') }}

),

dates as (

    select kpi_date from {{ ref('int_kpi__dates') }}
    where segment = 'all'

),

final as (

    select
        goals.goal_id,
        goals.metric,
        goals.segment,
        goals.target,
        days.value,
        {{ share('days.value', 'goals.target') }} as attainment,
        metrics.metric is not null as is_known_metric,
        days.value >= goals.target as is_attained,
        goals.starts_date,
        goals.ends_date,
        dates.kpi_date
    from goals
    inner join dates on goals.starts_date <= dates.kpi_date and goals.ends_date > dates.kpi_date
    left join metrics on goals.metric = metrics.metric
    left join {{ ref('int_kpi__values') }} as days
        on goals.metric = days.metric and goals.segment = days.segment and dates.kpi_date = days.kpi_date

)

select * from final
