{{ config(materialized='view_of_a_build') }}

with

settings as (

    select * from {{ ref('relation_settings') }}

),

days as (

    select
        customer_id,
        activity_date,
        cast(floor(({{ dbt.datediff('activity_date', as_of(), 'day') }} - 1) / 7.0) as {{ dbt.type_int() }})
            as weeks_ago,
        {{ dbt.datediff('activity_date', dbt.dateadd('day', -1, as_of()), 'month') }} as months_ago
    from {{ ref('int_day__customer_days') }}
    where is_active and {{ is_within('activity_date', 366) }}

),

spans as (

    select
        customer_id,
        {{ bits_of('case when months_ago < 12 then months_ago end') }} as month_bits,
        {{ bits_of('weeks_ago') }} as week_bits
    from days
    group by customer_id

),

gaps as (

    select
        days.customer_id,
        {{ dbt.datediff(
            'lag(days.activity_date) over (partition by days.customer_id order by days.activity_date)',
            'days.activity_date',
            'day'
        ) }} as gap_in_days
    from days
    cross join settings
    where {{ is_within('days.activity_date', 'settings.window_in_days') }}

),

medians as (

    select
        customer_id,
        {{ median('gap_in_days') }} as median_gap_days
    from gaps
    group by customer_id

),

final as (

    select
        spans.customer_id,
        coalesce(bit_count(spans.month_bits), 0) as engaged_months_12m,
        {{ leading_bits('spans.week_bits') }} as engagement_streak_weeks,
        medians.median_gap_days
    from spans
    left join medians on spans.customer_id = medians.customer_id

)

select * from final
