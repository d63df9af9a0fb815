with

windows as (

    select * from {{ ref('int_program__windows') }}

),

starts as (

    select
        min(case when entity = 'loyalty_points' then first_date end) as points_from,
        min(case when entity = 'referrals' then first_date end) as referrals_from,
        min(case when entity in ('loyalty_points', 'coupons_redeemed', 'referrals', 'orders') then first_date end)
            as incentives_from
    from {{ ref('int_program__starts') }}

),

covered as (

    select
        windows.*,
        coalesce(starts.points_from <= windows.kpi_date, false) as has_points,
        coalesce(starts.referrals_from <= windows.kpi_date, false) as has_referrals,
        coalesce(starts.incentives_from <= windows.kpi_date, false) as has_incentives
    from windows
    cross join starts

),

final as (

    select
        {{ where_covered('has_points', whole('members')) }} as n_members,
        {{ where_covered('has_points', whole('active_members')) }} as n_active_members,
        {{ where_covered('has_points', share('active_members', 'members')) }} as active_member_rate,
        {{ where_covered('has_points', whole('points_earned')) }} as points_earned,
        {{ where_covered('has_points', whole('points_burned')) }} as points_burned,
        {{ where_covered('has_points', whole('points_expired')) }} as points_expired,
        {{ where_covered('has_points', '1 - ' ~ share('points_burned', 'points_earned')) }} as breakage,
        {{ whole('activities') }} as n_activities,
        {{ where_covered('has_incentives', whole('incentivised')) }} as n_incentivised_activities,
        {{ where_covered('has_incentives', share('incentivised', 'activities')) }} as incentive_share,
        {{ whole('active_customers') }} as active_customers,
        {{ where_covered('has_referrals', whole('invitations')) }} as n_invitations,
        {{ where_covered('has_referrals', whole('accepted')) }} as n_accepted,
        {{ where_covered('has_referrals', share('invitations', 'active_customers')) }} as invitations_per_customer,
        {{ where_covered('has_referrals', share('accepted', 'invitations')) }} as acceptance_rate,
        {{ where_covered('has_referrals', share('accepted', 'active_customers')) }} as k_factor,
        kpi_date
    from covered

)

select * from final
