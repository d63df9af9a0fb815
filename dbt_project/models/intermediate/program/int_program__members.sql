-- Of two tiers that were booked at one instant the later entry's counts.
with

points as (

    select
        *,
        row_number() over (
            partition by member_id
            order by booked_at desc, entry_id desc
        ) as recency
    from {{ ref('int_program__points') }}

),

tiers as (

    select
        member_id,
        tier,
        row_number() over (
            partition by member_id
            order by recency
        ) as place
    from points
    where tier is not null

),

totals as (

    select
        member_id,
        max(customer_id) as customer_id,
        sum(points_earned) as points_earned,
        sum(points_burned) as points_burned,
        sum(points_expired) as points_expired,
        min(booked_at) as first_booked_at,
        max(booked_at) as last_booked_at
    from points
    group by member_id

),

final as (

    select
        totals.*,
        tiers.tier
    from totals
    left join tiers on totals.member_id = tiers.member_id and tiers.place = 1

)

select * from final
