-- What a day is worth to the score, and to the version before it, to that one also by acts that count no more; and to
-- advocacy, where weight 0, as an incentive has, is none.
with

types as (

    select * from {{ ref('activity_types') }}
    where direction = 'inbound' and counts_as_active

),

final as (

    select
        acts.customer_id,
        sum(least(acts.n_human, types.daily_cap) * types.weight) as points,
        sum(least(acts.n_human, incumbent.daily_cap) * incumbent.weight) as incumbent_points,
        sum(
            case
                when types.facet in ('share', 'create') and types.weight > 0 then least(acts.n_human, types.daily_cap)
            end
        ) as n_advocacy,
        max(case when types.activity is null then 0 else 1 end) = 1 as is_active,
        acts.activity_date
    from {{ ref('int_day__customer_activities') }} as acts
    left join types on acts.activity = types.activity
    left join {{ ref('int_score__incumbent') }} as incumbent on acts.activity = incumbent.activity
    where acts.n_human > 0 and (types.activity is not null or incumbent.activity is not null)
    group by acts.customer_id, acts.activity_date

)

select * from final
