-- When somebody looked at options: at a second product, at prices, at what others say, into the cart.
with

signals as (

    select * from {{ ref('int_lifecycle__signals') }}
    where level = 'shop'

),

numbered as (

    select
        *,
        case
            when row_number() over (partition by customer_id, product order by ts, activity_id) = 1 then 1 else 0
        end as is_new_product
    from signals
    where signal = 'product_view'

),

counted as (

    select
        *,
        sum(is_new_product) over (
            partition by customer_id
            order by ts, activity_id
            rows unbounded preceding
        ) as n_products
    from numbered

),

final as (

    select
        customer_id,
        activity_id,
        activity_date,
        ts
    from signals
    where signal <> 'product_view'
    union all
    select
        counted.customer_id,
        counted.activity_id,
        counted.activity_date,
        counted.ts
    from counted
    cross join {{ ref('lifecycle_settings') }} as settings
    where counted.n_products >= settings.least_products

)

select * from final
