-- What a customer did unrewarded in the days before and after the last coupon they redeemed, without its own day: where
-- the days after it are over and those before it are known.
with

settings as (

    select * from {{ ref('program_settings') }}

),

lasts as (

    select
        *,
        row_number() over (
            partition by redeemer_customer_id
            order by redeemed_at desc, coupon_id
        ) as recency
    from {{ ref('int_program__coupons') }}
    where redeemed_at is not null and redeemer_customer_id is not null

),

days as (

    select
        lasts.redeemer_customer_id as customer_id,
        lasts.coupon_id,
        cast(lasts.redeemed_at as date) as redeemed_date,
        cast({{ dbt.dateadd('day', '-settings.followed_for_days', 'cast(lasts.redeemed_at as date)') }} as date)
            as followed_from,
        cast({{ dbt.dateadd('day', 'settings.followed_for_days', 'cast(lasts.redeemed_at as date)') }} as date)
            as followed_to
    from lasts
    cross join settings
    where lasts.recency = 1

),

final as (

    select
        days.customer_id,
        days.coupon_id,
        days.redeemed_date,
        sum(
            case
                when acts.activity_date < days.redeemed_date
                    then acts.n_activities - coalesce(incentivised.n_incentivised, 0)
                else 0
            end
        ) as n_activities_before,
        sum(
            case
                when acts.activity_date > days.redeemed_date
                    then acts.n_activities - coalesce(incentivised.n_incentivised, 0)
                else 0
            end
        ) as n_activities_after
    from days
    left join {{ ref('int_day__customer_days') }} as acts
        on
            days.customer_id = acts.customer_id
            and acts.activity_date between days.followed_from and days.followed_to
    left join {{ ref('int_program__incentivised_days') }} as incentivised
        on acts.customer_id = incentivised.customer_id and acts.activity_date = incentivised.activity_date
    where
        days.followed_to < {{ as_of() }}
        and days.followed_from >= (select min(known.kpi_date) from {{ ref('int_kpi__dates') }} as known)
    group by days.customer_id, days.coupon_id, days.redeemed_date

)

select * from final
