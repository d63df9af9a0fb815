-- What was done for a reward, of what counts as activity.
with

final as (

    select
        acts.customer_id,
        sum(acts.n_human) as n_incentivised,
        acts.activity_date
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('incentivised_activities') }} as incentivised on acts.activity = incentivised.activity
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where acts.n_human > 0 and types.direction = 'inbound' and types.counts_as_active
    group by acts.customer_id, acts.activity_date

)

select * from final
