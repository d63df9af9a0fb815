-- The raw score from which on a customer stood above so many percent of the segment on a Monday. Whoever was known
-- by then and has no points had none; nobody is engaged without any.
with

settings as (

    select * from {{ ref('lifecycle_settings') }}

),

customers as (

    select
        stays.customer_id,
        customers.b2b_b2c,
        min(cast(stays.entered_at as date)) as known_on
    from {{ ref('int_lifecycle__stays') }} as stays
    inner join {{ ref('int_customer__customers') }} as customers on stays.customer_id = customers.customer_id
    group by stays.customer_id, customers.b2b_b2c

),

scores as (

    select
        customers.b2b_b2c,
        scores.observed_on,
        scores.raw_score,
        count(*) as n
    from {{ ref('int_lifecycle__weekly_scores') }} as scores
    inner join customers on scores.customer_id = customers.customer_id
    group by customers.b2b_b2c, scores.observed_on, scores.raw_score

),

arrivals as (

    select
        b2b_b2c,
        known_on,
        count(*) as n
    from customers
    group by b2b_b2c, known_on

),

mondays as (

    select distinct
        b2b_b2c,
        observed_on
    from scores

),

known as (

    select
        mondays.b2b_b2c,
        mondays.observed_on,
        sum(arrivals.n) as n_known
    from mondays
    inner join arrivals on mondays.b2b_b2c = arrivals.b2b_b2c and mondays.observed_on > arrivals.known_on
    group by mondays.b2b_b2c, mondays.observed_on

),

placed as (

    select
        *,
        sum(n) over (partition by b2b_b2c, observed_on order by raw_score desc rows unbounded preceding) as n_from_here
    from scores

),

final as (

    select
        placed.b2b_b2c,
        placed.observed_on,
        min(placed.raw_score) as least_score
    from placed
    inner join known on placed.b2b_b2c = known.b2b_b2c and placed.observed_on = known.observed_on
    cross join settings
    where 100 * (known.n_known - placed.n_from_here) >= settings.engaged_percentile * (known.n_known - 1)
    group by placed.b2b_b2c, placed.observed_on

)

select * from final
