-- The score that a customer had at each Monday: the points of a day reach the Mondays of its window.
with

points as (

    select
        days.customer_id,
        days.points,
        days.activity_date,
        cast({{ dbt.date_trunc('week', 'days.activity_date') }} as date) as week_start,
        steps.number + 1 as weeks_on,
        settings.window_in_days,
        settings.half_life_in_days
    from {{ ref('int_day__customer_days') }} as days
    cross join {{ numbers_to('(select max(window_in_days / 7) from ' ~ ref('score_settings') ~ ')') }} as steps
    cross join {{ ref('score_settings') }} as settings
    where days.points > 0

),

aged as (

    select
        *,
        cast({{ dbt.dateadd('day', '7 * weeks_on', 'week_start') }} as date) as monday
    from points

),

totals as (

    select
        customer_id,
        monday,
        sum(
            cast(
                points * {{ decay(dbt.datediff('activity_date', 'monday', 'day') ~ ' - 1') }} as decimal(18, 6)
            )
        ) as raw_score
    from aged
    where {{ dbt.datediff('activity_date', 'monday', 'day') }} <= window_in_days and monday <= {{ as_of() }}
    group by customer_id, monday

),

firsts as (

    select
        days.customer_id,
        customers.b2b_b2c,
        min(days.activity_date) as first_date
    from {{ ref('int_day__customer_days') }} as days
    inner join {{ ref('int_customer__customers') }} as customers on days.customer_id = customers.customer_id
    group by days.customer_id, customers.b2b_b2c

),

arrivals as (

    select
        b2b_b2c,
        first_date,
        sum(count(*)) over (partition by b2b_b2c order by first_date rows unbounded preceding) as n_known,
        lead(first_date) over (partition by b2b_b2c order by first_date) as next_date
    from firsts
    group by b2b_b2c, first_date

),

-- among those with points: whoever has none stands below
ranked as (

    select
        totals.customer_id,
        firsts.b2b_b2c,
        totals.monday,
        count(*) over (partition by firsts.b2b_b2c, totals.monday) as n_active,
        rank() over (partition by firsts.b2b_b2c, totals.monday order by totals.raw_score) as place
    from totals
    inner join firsts on totals.customer_id = firsts.customer_id

),

final as (

    select
        ranked.customer_id,
        ranked.monday,
        100.0 * (arrivals.n_known - ranked.n_active + ranked.place - 1) / nullif(arrivals.n_known - 1, 0) as score
    from ranked
    inner join arrivals
        on
            ranked.b2b_b2c = arrivals.b2b_b2c
            and ranked.monday > arrivals.first_date
            and ranked.monday <= coalesce(arrivals.next_date, ranked.monday)

)

select * from final
