-- The points that a customer had on the day before a conversion, as the score counts them; null where the window began
-- before anything was received.
with

conversions as (

    select
        conversions.conversion_id,
        conversions.customer_id,
        cast(conversions.converted_at as date) as converted_date,
        cast(
            {{ dbt.dateadd('day', '-settings.window_in_days', 'cast(conversions.converted_at as date)') }} as date
        ) as window_from,
        settings.half_life_in_days
    from {{ ref('int_conversion__conversions') }} as conversions
    cross join {{ ref('score_settings') }} as settings

),

days as (

    select * from {{ ref('int_day__customer_days') }}
    where points > 0

),

known as (

    select min(date_day) as first_date
    from {{ ref('int_coverage__days') }}
    where is_received

),

points as (

    select
        conversions.conversion_id,
        sum(
            cast(
                days.points
                * {{ decay(dbt.datediff('days.activity_date', 'conversions.converted_date', 'day') ~ ' - 1') }}
                as decimal(18, 6)
            )
        ) as raw_score
    from conversions
    inner join days
        on
            conversions.customer_id = days.customer_id
            and conversions.window_from <= days.activity_date
            and conversions.converted_date > days.activity_date
    group by conversions.conversion_id

),

final as (

    select
        conversions.conversion_id,
        cast(
            case when conversions.window_from >= known.first_date then coalesce(points.raw_score, 0) end
            as decimal(18, 6)
        ) as prior_raw_score
    from conversions
    cross join known
    left join points on conversions.conversion_id = points.conversion_id

)

select * from final
