-- The points of what was thought about and of what was done, capped per activity and day as those of the score.
with

types as (

    select * from {{ ref('activity_types') }}
    where direction = 'inbound' and counts_as_active and dimension in ('cognitive', 'behavioral')

),

final as (

    select
        acts.customer_id,
        dates.end_date,
        sum(
            case when types.dimension = 'cognitive' then least(acts.n_human, types.daily_cap) * types.weight else 0 end
        ) as cognitive_points,
        sum(
            case when types.dimension = 'behavioral' then least(acts.n_human, types.daily_cap) * types.weight else 0 end
        ) as behavioral_points,
        sum(case when types.dimension = 'cognitive' then coalesce(acts.engaged_time_in_s, 0) else 0 end)
            as engaged_time_in_s
    from {{ ref('int_day__customer_activities') }} as acts
    inner join types on acts.activity = types.activity
    inner join {{ ref('int_side__dates') }} as dates
        on acts.activity_date >= dates.first_date and acts.activity_date < dates.end_date
    where acts.n_human > 0
    group by acts.customer_id, dates.end_date

)

select * from final
