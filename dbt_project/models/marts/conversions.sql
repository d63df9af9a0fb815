with

conversions as (

    select * from {{ ref('int_conversion__conversions') }}

),

-- the score of the day before: a snapshot that was taken then, never one of later
scores as (

    select
        customer_id,
        score,
        as_of_date
    from {{ ref('int_score__scores') }}

),

visits as (

    select
        conversion_id,
        max(touch_count) as touch_count
    from {{ ref('int_conversion__touches') }}
    group by conversion_id

),

final as (

    select
        conversions.conversion_id,
        conversions.customer_id,
        conversions.goal,
        conversions.order_id,
        conversions.revenue,
        cast(conversions.customer_goal_seq_number as {{ dbt.type_int() }}) as customer_goal_seq_number,
        scores.score as prior_engagement_score,
        prior_scores.prior_raw_score,
        cast(coalesce(visits.touch_count, 0) as {{ dbt.type_int() }}) as touch_count,
        {% for days in (30, 90, 365) %}
        case
            when conversions.next_converted_at < {{ dbt.dateadd('day', days, 'conversions.converted_at') }} then true
            when {{ dbt.dateadd('day', days, 'conversions.converted_at') }} <= {{ as_of() }} then false
        end as is_repeated_within_{{ days }}d,
        {% endfor %}
        cast(conversions.converted_at as date) as converted_date,
        conversions.converted_at
    from conversions
    left join scores
        on
            conversions.customer_id = scores.customer_id
            and cast(conversions.converted_at as date) = scores.as_of_date
    left join {{ ref('int_conversion__prior_scores') }} as prior_scores
        on conversions.conversion_id = prior_scores.conversion_id
    left join visits on conversions.conversion_id = visits.conversion_id

)

select * from final
