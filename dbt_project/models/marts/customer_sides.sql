with

sides as (

    select * from {{ ref('int_side__scores') }}
    where is_now

),

scores as (

    select * from {{ ref('int_score__scores') }}
    where as_of_date = {{ as_of() }}

),

trends as (

    select * from {{ ref('int_side__trends') }}

),

settings as (

    select * from {{ ref('side_settings') }}

),

final as (

    select
        sides.customer_id,
        sides.b2b_b2c,
        trends.relationship_trend,
        scores.score,
        sides.cognitive_points,
        sides.score_cognitive,
        sides.n_feelings,
        sides.emotional_valence,
        sides.emotional_magnitude,
        sides.score_emotional,
        sides.behavioral_points,
        sides.score_behavioral,
        sides.score_balance,
        trends.n_trend_weeks,
        trends.relationship_trend_90d,
        trends.relationship_trend_90d_low,
        trends.relationship_trend_90d_high,
        scores.score >= settings.high_percentile as is_highly_engaged,
        sides.is_habit_not_love,
        sides.end_date as as_of_date
    from sides
    cross join settings
    left join scores on sides.customer_id = scores.customer_id
    left join trends on sides.customer_id = trends.customer_id

)

select * from final
