-- By how much the backlog grows with each ticket that comes in: the least-squares slope over the last 28 days,
-- (n Σxy − Σx Σy) / (n Σx² − (Σx)²), x the tickets of a day and y by how many the backlog grew on it.
with

tickets as (

    select
        cast(created_at as date) as contact_date,
        count(*) as n_opened
    from {{ ref('int_service__tickets') }}
    where created_at < {{ as_of() }}
    group by cast(created_at as date)

),

days as (

    select
        backlog.contact_date,
        coalesce(tickets.n_opened, 0) as x,
        backlog.backlog - coalesce(lag(backlog.backlog) over (order by backlog.contact_date), 0) as y
    from {{ ref('int_service__backlog') }} as backlog
    left join tickets on backlog.contact_date = tickets.contact_date

),

summed as (

    select
        days.contact_date,
        count(*) as n,
        sum(past.x) as sum_x,
        sum(past.y) as sum_y,
        sum(past.x * past.y) as sum_xy,
        sum(past.x * past.x) as sum_xx
    from days
    inner join days as past
        on
            days.contact_date >= past.contact_date
            and {{ dbt.dateadd('day', 28, 'past.contact_date') }} > days.contact_date
    group by days.contact_date

),

final as (

    select
        cast(n * sum_xy - sum_x * sum_y as double) / nullif(n * sum_xx - sum_x * sum_x, 0) as backlog_elasticity,
        contact_date
    from summed

)

select * from final
