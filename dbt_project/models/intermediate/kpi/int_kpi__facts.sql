-- What each day's metrics are made of, whoever did it: where this reads as before, only who is who can have moved them.
with

dates as (

    select
        is_provisional,
        kpi_date
    from {{ ref('int_kpi__dates') }}
    where segment = 'all'

),

acts as (

    select
        concat(
            count(*), ' acts, ', count(machine_reason), ' by machines, ', count(distinct activity), ' kinds, ',
            coalesce(sum(engaged_time_in_s), 0), ' s, ', coalesce(sum(revenue_impact), 0)
        ) as stated,
        activity_date as fact_date
    from {{ ref('int_activity__events') }}
    group by activity_date

),

sends as (

    select
        concat(
            n_tracked_delivered, ' tracked, ', n_clicked, ' clicked, ', n_clicked_human, ' by people'
        ) as stated,
        kpi_date as fact_date
    from {{ ref('int_kpi__sends') }}
    where segment = 'all'

),

consents as (

    select
        concat(count(*), ' changes, ', sum(case when status = 'GRANTED' then 1 else 0 end), ' grants') as stated,
        cast(status_at as date) as fact_date
    from {{ ref('int_consent__changes') }}
    group by cast(status_at as date)

),

stated as (

    select
        'acts' as facts,
        stated,
        fact_date
    from acts
    union all
    select
        'sends' as facts,
        stated,
        fact_date
    from sends
    union all
    select
        'consents' as facts,
        stated,
        fact_date
    from consents

),

final as (

    select
        stated.facts,
        stated.stated,
        coalesce(dates.is_provisional, false) as is_provisional,
        stated.fact_date
    from stated
    left join dates on stated.fact_date = dates.kpi_date

)

select * from final
