-- Points before and after each start of all who were known by then: from sums by day and day of first sight, which
-- are few.
with

starts as (

    select distinct
        turned_on,
        compared_from,
        compared_to
    from {{ ref('int_campaign__starts') }}

),

seen as (

    select * from {{ ref('int_day__first_days') }}

),

sizes as (

    select
        first_date,
        count(*) as n
    from seen
    group by first_date

),

days as (

    select
        seen.first_date,
        days.activity_date,
        sum(days.points) as points
    from {{ ref('int_day__customer_days') }} as days
    inner join seen on days.customer_id = seen.customer_id
    where days.points > 0
    group by seen.first_date, days.activity_date

),

known as (

    select
        starts.turned_on,
        sum(sizes.n) as n
    from starts
    inner join sizes on starts.compared_from >= sizes.first_date
    group by starts.turned_on

),

made as (

    select
        starts.turned_on,
        sum(case when days.activity_date < starts.turned_on then days.points else 0 end) as points_before,
        sum(case when days.activity_date >= starts.turned_on then days.points else 0 end) as points_after
    from starts
    inner join days
        on
            starts.compared_from >= days.first_date
            and starts.compared_from <= days.activity_date
            and starts.compared_to > days.activity_date
    group by starts.turned_on

),

final as (

    select
        known.turned_on,
        known.n,
        coalesce(made.points_before, 0) as points_before,
        coalesce(made.points_after, 0) as points_after
    from known
    left join made on known.turned_on = made.turned_on

)

select * from final
