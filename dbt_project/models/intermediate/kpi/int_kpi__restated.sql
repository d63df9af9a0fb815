with

metrics as (

    select * from {{ ref('kpi_metrics') }}

),

now as (

    select * from {{ ref('int_kpi__values') }}

),

told as (

    select * from {{ ref('int_kpi__told_values') }}

),

-- what nobody was told before is new and not restated
restated as (

    select
        told.segment,
        told.metric,
        told.value as value_before,
        now.value as value_after,
        told.kpi_date,
        told.as_of as as_of_before
    from told
    left join now on told.segment = now.segment and told.metric = now.metric and told.kpi_date = now.kpi_date
    where told.value is distinct from now.value

),

moved as (

    select * from {{ ref('int_kpi__moved_facts') }}

),

reasons as (

    select
        restated.metric,
        restated.kpi_date,
        max(case when moved.was_provisional then 1 else 0 end) = 1 as was_provisional
    from restated
    inner join metrics on restated.metric = metrics.metric
    inner join moved
        on
            metrics.facts = moved.facts
            and {{ dbt.datediff('moved.fact_date', 'restated.kpi_date', 'day') }}
            between -metrics.days_ahead and metrics.days_back
    group by restated.metric, restated.kpi_date

),

final as (

    select
        restated.segment,
        restated.metric,
        case
            when reasons.was_provisional then 'provisional day read again'
            when reasons.metric is not null then 'late data'
            else 'who is who'
        end as reason,
        restated.value_before,
        restated.value_after,
        restated.kpi_date,
        restated.as_of_before
    from restated
    left join reasons on restated.metric = reasons.metric and restated.kpi_date = reasons.kpi_date

)

select * from final
