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
        engaged.n_active_days_30d,
        engaged.ctr_human as ctr_human_90d,
        engaged.median_ctr_human as ctr_human_90d_of_segment,
        engaged.n_advocacy_365d,
        scores.score >= settings.high_percentile as is_highly_engaged,
        sides.is_habit_not_love,
        engaged.is_returning,
        engaged.is_receptive,
        engaged.is_spreading,
        engaged.is_fully_engaged,
        sides.end_date as as_of_date
    from sides
    cross join settings
    left join scores on sides.customer_id = scores.customer_id
    left join trends on sides.customer_id = trends.customer_id
    left join {{ ref('int_side__engaged') }} as engaged on sides.customer_id = engaged.customer_id

)

select * from final
