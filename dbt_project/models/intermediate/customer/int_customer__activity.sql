with

days as (

    select * from {{ ref('int_day__customer_days') }}
    where activity_date < {{ as_of() }}

),

final as (

    select
        customer_id,
        min(case when is_active then activity_date end) as first_active_date,
        max(case when is_active then activity_date end) as last_active_date,
        sum(case when is_active and {{ is_within('activity_date', 28) }} then 1 else 0 end) as active_days_28d,
        sum(case when {{ is_within('activity_date', 28) }} then n_activities else 0 end) as n_activities_28d,
        sum(case when {{ is_within('activity_date', 28) }} then n_inquiries else 0 end) as n_inquiries_28d,
        sum(case when {{ is_within('activity_date', 28) }} then n_discussions else 0 end) as n_discussions_28d,
        sum(
            case when {{ is_within('activity_date', 28) }} then n_likes + n_comments + n_shares + n_mentions else 0 end
        ) as n_social_engagements_28d
    from days
    group by customer_id

)

select * from final
