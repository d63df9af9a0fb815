select activity
from {{ ref('activity_types') }}
where activity in ('opened_email', 'opened_push') and (weight > 0 or counts_as_active)
