with

days as (

    select * from {{ ref('int_day__customer_days') }}

),

final as (

    select
        customer_id,
        min(activity_date) as first_date
    from days
    group by customer_id

)

select * from final
