with

circumstances as (

    select * from {{ ref('int_kpi__circumstances') }}

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
    from circumstances

)

select * from final
