-- How many of a cohort were there in a month, with every closed month since the first, also where nobody was.
with

months as (

    select
        *,
        b2b_b2c as segment
    from {{ ref('int_cohort__months') }}
    union all
    select
        *,
        'all' as segment
    from {{ ref('int_cohort__months') }}

),

-- a cohort's own month is closed when it is there at all, since everybody bought in it
sizes as (

    select
        cohort_month,
        segment,
        count(*) as cohort_size,
        sum(revenue) as first_revenue
    from months
    where cohort_month_number = 0
    group by cohort_month, segment

),

closed as (

    select distinct cast({{ dbt.date_trunc('month', 'kpi_date') }} as date) as month_start
    from {{ ref('int_kpi__dates') }}
    where {{ dbt.dateadd('month', 1, dbt.date_trunc('month', 'kpi_date')) }} <= {{ as_of() }}

),

grid as (

    select
        sizes.*,
        {{ dbt.datediff('sizes.cohort_month', 'closed.month_start', 'month') }} as cohort_month_number
    from sizes
    inner join closed on sizes.cohort_month <= closed.month_start

),

final as (

    select
        grid.cohort_month,
        grid.segment,
        grid.cohort_month_number,
        grid.cohort_size,
        grid.first_revenue,
        sum(case when months.cohort_month_number = grid.cohort_month_number then 1 else 0 end) as n_recurring,
        count(distinct case when months.last_month_number >= grid.cohort_month_number then months.customer_id end)
            as n_rolling,
        sum(
            case when months.cohort_month_number = grid.cohort_month_number and months.n_orders > 0 then 1 else 0 end
        ) as n_buying,
        coalesce(
            sum(case when months.cohort_month_number = grid.cohort_month_number then months.revenue end), 0
        ) as revenue
    from grid
    left join months on grid.cohort_month = months.cohort_month and grid.segment = months.segment
    group by
        grid.cohort_month, grid.segment, grid.cohort_month_number, grid.cohort_size, grid.first_revenue

)

select * from final
