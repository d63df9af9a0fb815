-- Conversions of customers who had read a page in the look-back before.
with

conversions as (

    select
        conversions.conversion_id,
        conversions.customer_id,
        conversions.converted_at,
        settings.lookback_in_days
    from {{ ref('int_conversion__conversions') }} as conversions
    cross join {{ ref('attribution_settings') }} as settings
    where conversions.converted_at < {{ as_of() }}

),

final as (

    select
        readings.source_system,
        readings.content_id,
        count(distinct conversions.conversion_id) as n_assisted,
        cast(conversions.converted_at as date) as view_date
    from conversions
    inner join {{ ref('int_content__readings') }} as readings
        on
            conversions.customer_id = readings.customer_id
            and conversions.converted_at > readings.first_viewed_at
            and {{ dbt.dateadd('day', 'conversions.lookback_in_days', 'readings.last_viewed_at') }}
            > conversions.converted_at
    group by readings.source_system, readings.content_id, cast(conversions.converted_at as date)

)

select * from final
