select
    actor_id as customer_id,
    min(activity_date) as affected_from
from {{ ref('int_activity__affected') }}
where actor_id is not null
group by actor_id
