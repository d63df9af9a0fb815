-- Who comes back, who takes up what is sent, who spreads the word: each null where nobody could know.
with

settings as (

    select * from {{ ref('side_settings') }}

),

days as (

    select
        days.customer_id,
        count(*) as n_active_days
    from {{ ref('int_day__customer_days') }} as days
    cross join settings
    where days.is_active and {{ is_within('days.activity_date', 'settings.returning_in_days') }}
    group by days.customer_id

),

-- of those who were sent enough to say, what share of it they clicked
rates as (

    select
        sends.customer_id,
        customers.b2b_b2c,
        sends.n_clicked_human_90d,
        {{ share('sends.n_clicked_human_90d', 'sends.n_tracked_delivered_90d') }} as ctr_human
    from {{ ref('int_customer__sends') }} as sends
    inner join {{ ref('int_customer__customers') }} as customers on sends.customer_id = customers.customer_id
    cross join settings
    where sends.n_tracked_delivered_90d >= settings.fewest_delivered

),

medians as (

    select
        b2b_b2c,
        {{ median('ctr_human') }} as median_ctr_human
    from rates
    group by b2b_b2c

),

flagged as (

    select
        relations.customer_id,
        {{ where_covered('relations.n_acts is not null', whole('days.n_active_days')) }} as n_active_days_30d,
        rates.ctr_human,
        medians.median_ctr_human,
        relations.n_advocacy_365d,
        {{ where_covered(
            'relations.n_acts is not null', 'coalesce(days.n_active_days, 0) >= settings.returning_days'
        ) }} as is_returning,
        -- where most click nothing, the middle is 0: who clicks nothing takes up nothing all the same
        rates.ctr_human >= medians.median_ctr_human and rates.n_clicked_human_90d > 0 as is_receptive,
        relations.n_advocacy_365d >= settings.fewest_advocacy as is_spreading
    from {{ ref('int_relation__counts') }} as relations
    cross join settings
    left join days on relations.customer_id = days.customer_id
    left join rates on relations.customer_id = rates.customer_id
    left join medians on rates.b2b_b2c = medians.b2b_b2c

),

final as (

    select
        *,
        is_returning and is_receptive and is_spreading as is_fully_engaged
    from flagged

)

select * from final
