with

members as (

    select * from {{ ref('int_cohort__members') }}

),

orders as (

    select
        customer_id,
        count(*) as n_orders,
        min(case when customer_order_seq_number = 1 then ordered_at end) as first_at,
        min(case when customer_order_seq_number = 2 then ordered_at end) as second_at
    from {{ ref('int_order__orders') }}
    where customer_id is not null and is_purchase and ordered_date < {{ as_of() }}
    group by customer_id

),

segmented as (

    select
        customer_id,
        cohort_month,
        b2b_b2c as segment
    from members
    union all
    select
        customer_id,
        cohort_month,
        'all' as segment
    from members

),

repeated as (

    select
        segmented.segment,
        segmented.cohort_month,
        settings.repeated_within_days,
        settings.retained_month_number,
        {{ dbt.dateadd('month', 1, 'segmented.cohort_month') }} as month_end,
        count(*) as n_buyers,
        sum(case when orders.n_orders >= 2 then 1 else 0 end) as n_repeat_buyers,
        sum(
            case
                when {{ dbt.dateadd('day', 'settings.repeated_within_days', 'orders.first_at') }} >= orders.second_at
                    then 1
                else 0
            end
        ) as n_repeat_buyers_90d
    from segmented
    inner join orders on segmented.customer_id = orders.customer_id
    cross join {{ ref('market_settings') }} as settings
    group by
        segmented.segment, segmented.cohort_month, settings.repeated_within_days, settings.retained_month_number

),

-- the last buyer of the month has had all of the days
final as (

    select
        repeated.segment,
        repeated.n_buyers,
        repeated.n_repeat_buyers,
        case
            when
                {{ dbt.dateadd('day', 'repeated.repeated_within_days', 'repeated.month_end') }} <= {{ as_of() }}
                then repeated.n_repeat_buyers_90d
        end as n_repeat_buyers_90d,
        counts.n_recurring as n_retained,
        repeated.cohort_month
    from repeated
    left join {{ ref('int_cohort__counts') }} as counts
        on
            repeated.segment = counts.segment
            and repeated.cohort_month = counts.cohort_month
            and repeated.retained_month_number = counts.cohort_month_number

)

select * from final
