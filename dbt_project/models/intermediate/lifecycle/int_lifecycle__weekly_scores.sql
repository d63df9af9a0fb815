-- The raw score that a customer had on each Monday whose whole window some source covers.
with

coverage as (

    select
        date_day,
        cast({{ dbt.date_trunc('week', 'date_day') }} as date) as scored_on
    from {{ ref('int_coverage__days') }}
    where is_received and date_day < {{ as_of() }}

),

mondays as (

    select distinct coverage.scored_on
    from coverage
    cross join {{ ref('score_settings') }}
    where
        (select min(days.date_day) from coverage as days)
        <= {{ dbt.dateadd('day', '-window_in_days', 'coverage.scored_on') }}

),

final as (

    select
        customer_id,
        scored_on as observed_on,
        cast(raw_score as decimal(18, 6)) as raw_score
    from {{ past_scores('mondays') }} as scores

)

select * from final
