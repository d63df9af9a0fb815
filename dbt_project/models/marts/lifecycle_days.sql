with

changes as (

    select * from {{ ref('int_lifecycle__days') }}

),

dates as (

    select distinct kpi_date as lifecycle_date from {{ ref('int_kpi__dates') }}

),

-- what happened before the first date stands under its own day, so that the sums know it
grid as (

    select
        stages.model,
        stages.stage,
        stages.stage_number,
        dates.lifecycle_date
    from {{ ref('lifecycle_stages') }} as stages
    cross join dates
    union distinct
    select
        model,
        stage,
        stage_number,
        lifecycle_date
    from changes

),

summed as (

    select
        grid.*,
        changes.median_dwell_days,
        coalesce(changes.n_entered, 0) as n_entered,
        coalesce(changes.n_progressed, 0) as n_progressed,
        coalesce(changes.n_regressed, 0) as n_regressed,
        sum(coalesce(changes.n_entered - changes.n_progressed - changes.n_regressed, 0)) over so_far as stock,
        sum(coalesce(changes.n_first, 0)) over so_far as n_entered_ever,
        sum(coalesce(changes.n_first_gone_on, 0)) over so_far as n_gone_on_ever
    from grid
    left join changes
        on
            grid.model = changes.model
            and grid.stage = changes.stage
            and grid.lifecycle_date = changes.lifecycle_date
    window so_far as (
        partition by grid.model, grid.stage
        order by grid.lifecycle_date
        rows unbounded preceding
    )

),

final as (

    select
        summed.model,
        summed.stage,
        cast(summed.stage_number as {{ dbt.type_int() }}) as stage_number,
        cast(summed.stock as bigint) as stock,
        cast(summed.n_entered as bigint) as n_entered,
        cast(summed.n_progressed + summed.n_regressed as bigint) as n_exited,
        cast(summed.n_progressed as bigint) as n_progressed,
        cast(summed.n_regressed as bigint) as n_regressed,
        cast(summed.n_entered_ever as bigint) as n_entered_ever,
        cast(summed.n_gone_on_ever as bigint) as n_gone_on_ever,
        {{ share('summed.n_gone_on_ever', 'summed.n_entered_ever') }} as conversion_rate,
        summed.median_dwell_days,
        summed.lifecycle_date
    from summed
    inner join dates on summed.lifecycle_date = dates.lifecycle_date

)

select * from final
