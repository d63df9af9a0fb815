-- What each side comes to before it is ranked, of everybody who was there by then.
with

customers as (

    select * from {{ ref('int_customer__customers') }}

),

final as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        dates.end_date,
        {{ where_covered(
            'coverage.has_cognitive',
            'cast(coalesce(points.cognitive_points, 0) + coalesce(thoughts.points, 0) as decimal(18, 3))'
        ) }} as cognitive_points,
        {{ where_covered(
            'coverage.has_behavioral', 'cast(coalesce(points.behavioral_points, 0) as decimal(18, 3))'
        ) }} as behavioral_points,
        feelings.emotional_valence,
        feelings.emotional_magnitude,
        {{ whole('feelings.n_feelings') }} as n_feelings,
        dates.is_now
    from customers
    cross join {{ ref('int_side__dates') }} as dates
    inner join {{ ref('int_side__coverage') }} as coverage on dates.end_date = coverage.end_date
    left join {{ ref('int_customer__activity') }} as activity on customers.customer_id = activity.customer_id
    left join {{ ref('int_side__points') }} as points
        on customers.customer_id = points.customer_id and dates.end_date = points.end_date
    left join {{ ref('int_side__thoughts') }} as thoughts
        on customers.customer_id = thoughts.customer_id and dates.end_date = thoughts.end_date
    left join {{ ref('int_side__feelings') }} as feelings
        on customers.customer_id = feelings.customer_id and dates.end_date = feelings.end_date
    where dates.is_now or activity.first_active_date < dates.end_date

)

select * from final
