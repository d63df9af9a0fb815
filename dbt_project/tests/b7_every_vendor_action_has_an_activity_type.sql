select
    source_system,
    activity,
    count(*) as n_activities
from {{ ref('int_activity__events') }}
where activity like 'unknown: %' and {{ in_touched_days('_day') }}
group by source_system, activity
