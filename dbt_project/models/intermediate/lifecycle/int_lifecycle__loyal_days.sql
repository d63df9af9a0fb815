-- The days on which somebody who has bought often enough was there, in a month that is one of enough months with
-- activity.
with

settings as (

    select * from {{ ref('lifecycle_settings') }}

),

purchases as (

    select * from {{ ref('int_lifecycle__purchases') }}

),

repeaters as (

    select
        purchases.customer_id,
        purchases.purchase_date as repeated_on
    from purchases
    inner join settings on purchases.purchase_day_number = settings.least_purchase_days

),

present as (

    select
        customer_id,
        activity_date
    from {{ ref('int_day__customer_days') }}
    where is_active and activity_date < {{ as_of() }}
    union distinct
    select
        customer_id,
        purchase_date as activity_date
    from purchases

),

days as (

    select
        present.customer_id,
        repeaters.repeated_on,
        {{ dbt.datediff("date '2000-01-01'", 'present.activity_date', 'month') }} as month_number,
        present.activity_date
    from present
    inner join repeaters on present.customer_id = repeaters.customer_id

),

months as (

    select distinct
        customer_id,
        month_number
    from days

),

full_months as (

    select
        months.customer_id,
        months.month_number
    from months
    cross join settings
    inner join months as earlier
        on
            months.customer_id = earlier.customer_id
            and months.month_number >= earlier.month_number
            and months.month_number - earlier.month_number < settings.of_last_months
    group by months.customer_id, months.month_number, settings.least_active_months
    having count(*) >= settings.least_active_months

),

final as (

    select
        days.customer_id,
        purchases.activity_id,
        days.activity_date as evidence_date,
        purchases.purchased_at as evidence_at
    from days
    inner join full_months
        on days.customer_id = full_months.customer_id and days.month_number = full_months.month_number
    left join purchases
        on days.customer_id = purchases.customer_id and days.activity_date = purchases.purchase_date
    where days.activity_date >= days.repeated_on

)

select * from final
