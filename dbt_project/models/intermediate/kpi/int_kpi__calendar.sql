-- Every day that a metric may be asked for, which MetricFlow needs for its windows.
with

days as (

    select date_day
    from {{ days_between(
        '(select min(dates.kpi_date) from ' ~ ref('int_kpi__dates') ~ ' as dates)',
        '(select max(dates.kpi_date) from ' ~ ref('int_kpi__dates') ~ ' as dates)'
    ) }}

)

select cast(date_day as date) as date_day from days
