with

buying as (

    select
        customer_id,
        b2b_b2c,
        activity_date,
        lead(activity_date) over (partition by customer_id order by activity_date) as next_date
    from {{ ref('int_kpi__active_spans') }}
    where n_purchases > 0

),

final as (

    select
        customer_id,
        b2b_b2c,
        activity_date,
        least(
            coalesce(next_date, date '9999-01-01'), cast({{ dbt.dateadd('day', 28, 'activity_date') }} as date)
        ) as until_28d
    from buying

)

select * from final
