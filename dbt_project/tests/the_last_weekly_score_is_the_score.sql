-- The trend reckons past scores by itself; where its last week ends, it must say what the score says.
select
    weeks.customer_id,
    weeks.raw_score,
    scores.raw_score as raw_score_now
from {{ ref('int_side__weeks') }} as weeks
inner join {{ ref('int_score__scores') }} as scores
    on weeks.customer_id = scores.customer_id and weeks.week_end = scores.as_of_date
where weeks.week_end = {{ as_of() }} and weeks.raw_score <> scores.raw_score
