{{ config(materialized='view') }}

-- Where a customer stands among the others: places as whole numbers (twice the mean rank), so that sums are exact.
with

customers as (

    select
        *,
        b2b_b2c as segment
    from {{ ref('int_pressure__customers') }}
    union all
    select
        *,
        'all' as segment
    from {{ ref('int_pressure__customers') }}

),

final as (

    select
        segment,
        customer_id,
        promo_pressure,
        repeated,
        cast(floor(10 * {{ place_of('promo_pressure', 'segment') }}) as {{ dbt.type_int() }}) + 1 as decile,
        2 * rank() over (partition by segment order by promo_pressure)
        + count(*) over (partition by segment, promo_pressure) - 1 as pressure_place,
        2 * rank() over (partition by segment order by repeated)
        + count(*) over (partition by segment, repeated) - 1 as repeated_place
    from customers

)

select * from final
