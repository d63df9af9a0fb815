with

customers as (

    select customer_id from {{ ref('int_customer__customers') }}

),

coverage as (

    select max(case when channel = 'web' then 1 else 0 end) = 1 as has_web
    from {{ ref('int_coverage__days') }}
    where is_received

),

firsts as (

    select
        *,
        cast(stage_first_experience_at as date) as first_act_date,
        cast(level_buy_at as date) as first_purchase_date
    from {{ ref('int_lifecycle__firsts') }}

),

final as (

    select
        customers.customer_id,
        states.stage,
        states.level,
        states.rule_version,
        cast(states.stage_number as {{ dbt.type_int() }}) as stage_number,
        cast(states.level_number as {{ dbt.type_int() }}) as level_number,
        states.days_in_stage,
        states.usual_days_in_stage,
        states.days_in_level,
        states.usual_days_in_level,
        cast({{ dbt.datediff('firsts.first_act_date', 'engaged.engaged_on', 'day') }} as {{ dbt.type_int() }})
            as days_to_engaged,
        cast({{ dbt.datediff('firsts.first_act_date', 'firsts.first_purchase_date', 'day') }} as {{ dbt.type_int() }})
            as days_to_purchase,
        case
            when firsts.level_buy_at is not null and coverage.has_web
                then cast(coalesce(touches.touches_to_purchase, 0) as {{ dbt.type_int() }})
        end as touches_to_purchase,
        case when coverage.has_web then {{ whole('visits.n_visits_180d') }} end as n_visits_180d,
        case when coverage.has_web then {{ whole('visits.n_direct_visits_180d') }} end as n_direct_visits_180d,
        {{ share('visits.n_direct_visits_180d', 'visits.n_visits_180d') }} as direct_visit_share,
        states.days_in_stage > states.usual_days_in_stage as is_stuck_in_stage,
        states.days_in_level > states.usual_days_in_level as is_stuck_in_level,
        engaged.engaged_on as engaged_date,
        states.stage_entered_at,
        states.level_entered_at,
        firsts.stage_first_experience_at,
        firsts.stage_building_relationship_at,
        firsts.stage_loyalty_at,
        firsts.stage_advocacy_at,
        firsts.level_discover_at,
        firsts.level_shop_at,
        firsts.level_buy_at,
        firsts.level_own_at,
        firsts.level_advocate_at
    from customers
    cross join coverage
    left join {{ ref('int_lifecycle__current') }} as states on customers.customer_id = states.customer_id
    left join firsts on customers.customer_id = firsts.customer_id
    left join {{ ref('int_lifecycle__engaged') }} as engaged on customers.customer_id = engaged.customer_id
    left join {{ ref('int_lifecycle__touches') }} as touches on customers.customer_id = touches.customer_id
    left join {{ ref('int_lifecycle__visits') }} as visits on customers.customer_id = visits.customer_id

)

select * from final
