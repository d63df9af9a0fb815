{#
    What the raw score was at the start of some days (`scored_on` of a CTE or relation): customer_id, raw_score, scored_on,
    by today's weights, for whoever had points in the window before, which may be ten years long. The points are summed in
    whole millionths, which is the same in whatever order it is done.
#}
{% macro past_scores(dates) -%}
(
    select
        days.customer_id,
        sum(cast(round(1000000 * cast(days.points as double) * ages.remainder) as bigint)) / 1000000 as raw_score,
        ages.scored_on
    from {{ ref('int_day__customer_days') }} as days
    inner join (
        select
            dates.scored_on,
            cast({{ dbt.dateadd('day', '-numbers.number', 'dates.scored_on') }} as date) as activity_date,
            {{ decay('numbers.number - 1', 'settings.half_life_in_days') }} as remainder
        from (select distinct scored_on from {{ dates }}) as dates
        cross join {{ ref('score_settings') }} as settings
        inner join {{ numbers_to('3660') }} as numbers on numbers.number between 1 and settings.window_in_days
    ) as ages on days.activity_date = ages.activity_date
    where days.points > 0
    group by days.customer_id, ages.scored_on
)
{%- endmacro %}
