select activity_id
from {{ ref('int_activity__events') }}
where {{ in_touched_days('_day', margin=1) }}
group by activity_id
having count(*) > 1
