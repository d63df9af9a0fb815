with

paths as (

    select * from {{ ref('int_conversion__paths') }}

),

mixed as (

    select
        goal,
        count(*) as n_conversions,
        sum(has_inbound * has_outbound) as n_mixed,
        sum(has_inbound * (1 - has_outbound)) as n_inbound_only,
        sum((1 - has_inbound) * has_outbound) as n_outbound_only,
        sum((1 - has_inbound) * (1 - has_outbound)) as n_without_path
    from paths
    group by goal

),

done as (

    select
        goal,
        customer_id,
        count(*) as n
    from paths
    where {{ is_within('cast(converted_at as date)', 28) }}
    group by goal, customer_id

),

-- whoever converted was there, also by an act that does not count as active
customers as (

    select customer_id
    from {{ ref('int_day__customer_days') }}
    where is_active and {{ is_within('activity_date', 28) }}
    union
    select customer_id from done

),

eligible as (

    select
        goals.goal,
        count(*) as n_eligible,
        sum(case when done.customer_id is not null then 1 else 0 end) as n_converting,
        coalesce(sum(done.n), 0) as n_conversions
    from mixed as goals
    cross join customers
    left join done on goals.goal = done.goal and customers.customer_id = done.customer_id
    group by goals.goal

),

final as (

    select
        mixed.goal,
        {% for count in ['n_conversions', 'n_mixed', 'n_inbound_only', 'n_outbound_only', 'n_without_path'] %}
        cast(mixed.{{ count }} as bigint) as {{ count }},
        {% endfor %}
        {{ share('mixed.n_mixed', 'mixed.n_conversions') }} as mixed_path_share,
        cast(eligible.n_conversions as bigint) as n_conversions_28d,
        cast(eligible.n_converting as bigint) as converting_customers_28d,
        cast(eligible.n_eligible as bigint) as eligible_customers_28d,
        {{ share('eligible.n_converting', 'eligible.n_eligible') }} as conversion_rate_28d
    from mixed
    left join eligible on mixed.goal = eligible.goal

)

select * from final
