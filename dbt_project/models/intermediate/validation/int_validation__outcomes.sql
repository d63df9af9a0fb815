-- What a customer did in the horizon that began a lead after each Monday; retained only of those active before it,
-- repeated only of those who had bought, satisfied and the like only of those who answered.
with

observations as (

    select
        observations.customer_id,
        observations.b2b_b2c,
        observations.tenure_band,
        grid.observed_on,
        grid.horizon_in_days,
        grid.outcome_from,
        grid.outcome_to
    from {{ ref('int_validation__observations') }} as observations
    inner join {{ ref('int_validation__grid') }} as grid on observations.observed_on = grid.observed_on

),

bought as (

    select
        observations.customer_id,
        observations.observed_on,
        observations.horizon_in_days,
        sum(orders.net_sales) as revenue
    from observations
    inner join {{ ref('int_order__orders') }} as orders
        on
            observations.customer_id = orders.customer_id
            and observations.outcome_from <= orders.ordered_date
            and observations.outcome_to > orders.ordered_date
            and orders.is_purchase
    group by observations.customer_id, observations.observed_on, observations.horizon_in_days

),

did as (

    select
        observations.customer_id,
        observations.observed_on,
        observations.horizon_in_days,
        max(case when acts.activity in ('referred_friend', 'referred_friend_for_reward') then 1 else 0 end) as referred,
        max(case when types.facet in ('share', 'create') and types.weight > 0 then 1 else 0 end) as advocated
    from observations
    inner join {{ ref('int_day__customer_activities') }} as acts
        on
            observations.customer_id = acts.customer_id
            and observations.outcome_from <= acts.activity_date
            and observations.outcome_to > acts.activity_date
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where acts.n_human > 0 and types.direction = 'inbound' and types.counts_as_active
    group by observations.customer_id, observations.observed_on, observations.horizon_in_days

),

final as (

    select
        observations.customer_id,
        observations.b2b_b2c,
        observations.tenure_band,
        observations.horizon_in_days,
        case when bought.customer_id is not null then 1 else 0 end as purchased,
        case when orders.n_orders > 0 then case when bought.customer_id is not null then 1 else 0 end end as repeated,
        coalesce(bought.revenue, 0) as revenue,
        case when acts.was_active then case when did.customer_id is not null then 1 else 0 end end as retained,
        coalesce(did.referred, 0) as referred,
        coalesce(did.advocated, 0) as advocated,
        answers.satisfied,
        answers.promoter,
        answers.detractor,
        answers.share_of_wallet,
        observations.observed_on
    from observations
    left join bought
        on
            observations.customer_id = bought.customer_id
            and observations.observed_on = bought.observed_on
            and observations.horizon_in_days = bought.horizon_in_days
    left join did
        on
            observations.customer_id = did.customer_id
            and observations.observed_on = did.observed_on
            and observations.horizon_in_days = did.horizon_in_days
    left join {{ ref('int_validation__later_answers') }} as answers
        on
            observations.customer_id = answers.customer_id
            and observations.observed_on = answers.observed_on
            and observations.horizon_in_days = answers.horizon_in_days
    left join {{ ref('int_validation__acts') }} as acts
        on observations.customer_id = acts.customer_id and observations.observed_on = acts.observed_on
    left join {{ ref('int_validation__orders') }} as orders
        on observations.customer_id = orders.customer_id and observations.observed_on = orders.observed_on

)

select * from final
