-- What was done for a reward, of what counts as activity: the order of a discount code is an act as well.
with

acts as (

    select
        acts.customer_id,
        acts.n_human as n_incentivised,
        acts.activity_date
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('incentivised_activities') }} as incentivised on acts.activity = incentivised.activity
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where acts.n_human > 0 and types.direction = 'inbound' and types.counts_as_active
    union all
    select
        customer_id,
        1 as n_incentivised,
        ordered_date as activity_date
    from {{ ref('int_order__orders') }}
    where customer_id is not null and discount_code is not null and is_purchase

),

final as (

    select
        customer_id,
        sum(n_incentivised) as n_incentivised,
        activity_date
    from acts
    group by customer_id, activity_date

)

select * from final
