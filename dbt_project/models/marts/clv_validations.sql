with

holdouts as (

    select * from {{ ref('int_value__holdouts') }}

),

grouped as (

    select
        *,
        'all' as frequency_group
    from holdouts
    union all
    select
        *,
        case when frequency >= 7 then '7+' else cast(frequency as {{ dbt.type_string() }}) end as frequency_group
    from holdouts

),

final as (

    select
        b2b_b2c,
        frequency_group,
        max(parameters) as parameters,
        count(*) as n_customers,
        cast(sum(expected_orders) as double) as expected_orders,
        cast(sum(actual_orders) as bigint) as actual_orders,
        {{ share('sum(actual_orders)', 'sum(expected_orders)') }} as calibration,
        {{ share('sum(abs(expected_orders - actual_orders))', 'count(*)') }} as mean_absolute_error,
        {{ share('sum(abs(coalesce(orders_at_former_pace, 0) - actual_orders))', 'count(*)') }}
            as mean_absolute_error_of_former_pace,
        cast(sum(expected_sales) as double) as expected_sales,
        cast(sum(actual_sales) as decimal(18, 4)) as actual_sales,
        {{ share('sum(actual_sales)', 'sum(expected_sales)') }} as calibration_of_sales,
        {{ share('sum(abs(expected_sales - actual_sales))', 'count(*)') }} as mean_absolute_error_of_sales,
        end_date as predicted_on,
        {{ as_of() }} as as_of_date
    from grouped
    group by b2b_b2c, frequency_group, end_date

)

select * from final
