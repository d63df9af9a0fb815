with

customers as (

    select * from {{ ref('int_customer__customers') }}

),

activity as (

    select * from {{ ref('int_customer__activity') }}

),

touches as (

    select * from {{ ref('int_customer__first_touches') }}

),

orders as (

    select * from {{ ref('int_customer__orders') }}

),

sends as (

    select * from {{ ref('int_customer__sends') }}

),

scores as (

    select * from {{ ref('int_score__explained') }}

),

final as (

    select
        customers.customer_id,
        customers.company_id as account_id,
        customers.owner_id,
        customers.b2b_b2c,
        customers.country,
        customers.lifecycle_stage,
        customers.consent_state,
        touches.first_touch_channel_group,
        touches.first_touch_campaign_id,
        touches.first_touch_content_id,
        scores.reasons,
        scores.score_version,
        customers.identity_confidence_score,
        scores.raw_score,
        scores.score,
        scores.score_coverage,
        scores.delta_7d as score_delta_7d,
        {{ whole('orders.lifetime_count_orders') }} as lifetime_count_orders,
        cast(coalesce(orders.lifetime_total_spent, 0) as decimal(18, 4)) as lifetime_total_spent,
        {{ whole('orders.n_orders_90d') }} as n_orders_90d,
        cast(orders.recency_in_days as {{ dbt.type_int() }}) as rfm_recency_in_days,
        orders.r_score,
        orders.f_score,
        orders.m_score,
        orders.r_score * 100 + orders.f_score * 10 + orders.m_score as rfm_score,
        {{ whole('activity.active_days_28d') }} as active_days_28d,
        {{ whole('activity.n_activities_28d') }} as n_activities_28d,
        {{ whole('activity.n_inquiries_28d') }} as n_inquiries_28d,
        {{ whole('activity.n_discussions_28d') }} as n_discussions_28d,
        {{ whole('activity.n_social_engagements_28d') }} as n_social_engagements_28d,
        {{ whole('touches.n_sessions_28d') }} as n_sessions_28d,
        {{ whole('touches.n_engaged_sessions_28d') }} as n_engaged_sessions_28d,
        {{ whole('touches.n_sessions_timed_28d') }} as n_sessions_timed_28d,
        cast(touches.engaged_time_28d_in_s as {{ dbt.type_int() }}) as engaged_time_28d_in_s,
        {{ whole('sends.n_tracked_delivered_90d') }} as n_tracked_delivered_90d,
        {{ whole('sends.n_clicked_human_90d') }} as n_clicked_human_90d,
        cast(sends.n_clicked_human_90d as double) / nullif(sends.n_tracked_delivered_90d, 0) as ctr_human_90d,
        coalesce(orders.lifetime_count_orders, 0) > 1 as is_repeat_customer,
        coalesce(activity.active_days_28d, 0) > 0 as is_active_28d,
        customers.has_email_consent,
        customers.has_sms_consent,
        customers.has_push_consent,
        activity.first_active_date,
        activity.last_active_date,
        customers.relationship_started_at,
        touches.first_touch_at,
        orders.first_order_at,
        orders.last_order_at
    from customers
    left join activity on customers.customer_id = activity.customer_id
    left join touches on customers.customer_id = touches.customer_id
    left join orders on customers.customer_id = orders.customer_id
    left join sends on customers.customer_id = sends.customer_id
    left join scores on customers.customer_id = scores.customer_id

)

select * from final
