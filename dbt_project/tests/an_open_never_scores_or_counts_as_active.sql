select activity
from {{ ref('activity_types') }}
where activity = 'opened_email' and (weight > 0 or counts_as_active)
