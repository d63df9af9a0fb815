with

circumstances as (

    select * from {{ ref('int_kpi__circumstances') }}

),

counted as (

    select
        dimension,
        circumstance,
        cast(count(*) as bigint) as active_customers,
        cast(sum(n_activities) as bigint) as n_activities,
        cast(count(engaged_time_in_s) as bigint) as customers_timed,
        cast(sum(engaged_time_in_s) as bigint) as engaged_time_in_s,
        cast(sum(case when is_buyer then 1 else 0 end) as bigint) as buying_customers,
        activity_month
    from circumstances
    group by dimension, circumstance, activity_month

),

final as (

    select
        dimension,
        circumstance,
        active_customers,
        n_activities,
        {{ share('n_activities', 'active_customers') }} as activities_per_customer,
        customers_timed,
        engaged_time_in_s,
        {{ share('engaged_time_in_s', 'customers_timed') }} as average_engaged_time_in_s,
        buying_customers,
        {{ share('buying_customers', 'active_customers') }} as conversion_rate,
        cast({{ dbt.dateadd('month', 1, 'activity_month') }} as date) <= {{ as_of() }} as is_closed,
        activity_month
    from counted

)

select * from final
