-- Past scores are made of the points of whole days; where their last week ends, they must say what the score says, but
-- for the rounding of each day and each activity to millionths.
select
    weeks.customer_id,
    weeks.raw_score,
    scores.raw_score as raw_score_now
from {{ ref('int_side__weeks') }} as weeks
inner join {{ ref('int_score__scores') }} as scores
    on weeks.customer_id = scores.customer_id and weeks.week_end = scores.as_of_date
where weeks.week_end = {{ as_of() }} and abs(weeks.raw_score - scores.raw_score) > 0.001
