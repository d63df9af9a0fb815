{%- set sides = [
    ('cognitive', 'cognitive_points'), ('emotional', 'emotional_valence'), ('behavioral', 'behavioral_points')
] %}

-- Each side as the share of the segment that has less of it, among those of whom it is known; ties share a rank.
with

raw as (

    select * from {{ ref('int_side__raw') }}

),

settings as (

    select * from {{ ref('side_settings') }}

),

ranked as (

    select
        {% for side, value in sides %}
        case
            when raw.{{ value }} is not null
                then
                    100 * percent_rank() over (
                        partition by raw.end_date, raw.b2b_b2c, raw.{{ value }} is null
                        order by raw.{{ value }}
                    )
        end as score_{{ side }},
        {% endfor %}
        raw.*
    from raw

),

final as (

    select
        ranked.*,
        case
            when
                ranked.score_cognitive is not null
                and ranked.score_emotional is not null
                and ranked.score_behavioral is not null
                then
                    greatest(ranked.score_cognitive, ranked.score_emotional, ranked.score_behavioral)
                    - least(ranked.score_cognitive, ranked.score_emotional, ranked.score_behavioral)
        end as score_balance,
        case
            when ranked.score_emotional is not null
                then
                    ranked.score_behavioral >= settings.habit_percentile
                    and ranked.score_emotional <= settings.love_percentile
        end as is_habit_not_love
    from ranked
    cross join settings

)

select * from final
