with

customers as (

    select * from {{ ref('int_program__customers') }}

),

starts as (

    select
        coalesce(max(case when entity = 'loyalty_points' then 1 else 0 end), 0) = 1 as has_points,
        coalesce(max(case when entity = 'coupons_issued' then 1 else 0 end), 0) = 1 as has_coupons
    from {{ ref('int_program__starts') }}

),

members as (

    select * from {{ ref('int_program__members') }}
    where customer_id is not null

),

follow_ups as (

    select * from {{ ref('int_program__follow_ups') }}

),

regulars as (

    select distinct orders.customer_id
    from {{ ref('int_order__orders') }} as orders
    inner join {{ ref('program_settings') }} as settings
        on orders.customer_order_seq_number = settings.regular_from_orders

),

final as (

    select
        customers.customer_id,
        members.tier as loyalty_tier,
        {{ where_covered('starts.has_points', whole('members.points_earned')) }} as points_earned,
        {{ where_covered('starts.has_points', whole('members.points_burned')) }} as points_burned,
        {{ where_covered('starts.has_points', whole('members.points_expired')) }} as points_expired,
        {{ where_covered(
            'starts.has_points', whole('members.points_earned - members.points_burned - members.points_expired')
        ) }} as points_balance,
        1 - {{ share('members.points_burned', 'members.points_earned') }} as breakage,
        {{ where_covered('starts.has_coupons', 'customers.n_coupons_issued') }} as n_coupons_issued,
        {{ where_covered('starts.has_coupons', 'customers.n_coupons_redeemed') }} as n_coupons_redeemed,
        {{ share('customers.n_coupons_redeemed', 'customers.n_coupons_issued') }} as redemption_rate,
        cast(customers.n_activities as bigint) as n_activities,
        cast(customers.n_incentivised_activities as bigint) as n_incentivised_activities,
        {{ share('customers.n_incentivised_activities', 'customers.n_activities') }} as incentive_share,
        cast(follow_ups.n_activities_before as bigint) as n_activities_before_last,
        cast(follow_ups.n_activities_after as bigint) as n_activities_after_last,
        {{ where_covered('starts.has_points', 'members.customer_id is not null') }} as is_loyalty_member,
        {{ where_covered('members.customer_id is not null', 'customers.n_activities > 0') }} as is_active_member,
        regulars.customer_id is not null as is_regular,
        follow_ups.redeemed_date as last_redeemed_date,
        members.first_booked_at as member_since,
        members.last_booked_at as last_points_at
    from customers
    cross join starts
    left join members on customers.customer_id = members.customer_id
    left join follow_ups on customers.customer_id = follow_ups.customer_id
    left join regulars on customers.customer_id = regulars.customer_id

)

select * from final
