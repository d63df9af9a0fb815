with

segments as (

    select * from {{ ref('target_segments') }}

),

settings as (

    select * from {{ ref('target_settings') }}

),

customers as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        customers.country,
        customers.lifecycle_stage,
        activity.last_active_date
    from {{ ref('int_customer__customers') }} as customers
    left join {{ ref('int_customer__activity') }} as activity on customers.customer_id = activity.customer_id

),

counted as (

    select
        segments.target_segment,
        count(customers.customer_id) as n_customers,
        count(
            case
                when {{ is_within('customers.last_active_date', 'settings.window_in_days') }} then customers.customer_id
            end
        ) as n_reached
    from segments
    cross join settings
    left join customers
        on
            coalesce(segments.b2b_b2c, customers.b2b_b2c, '') = coalesce(customers.b2b_b2c, '')
            and coalesce(segments.country, customers.country, '') = coalesce(customers.country, '')
            and coalesce(segments.lifecycle_stage, customers.lifecycle_stage, '')
            = coalesce(customers.lifecycle_stage, '')
    group by segments.target_segment

),

final as (

    select
        target_segment,
        n_customers,
        n_reached,
        {{ share('n_reached', 'n_customers') }} as target_reach,
        {{ as_of() }} as as_of_date
    from counted

)

select * from final
