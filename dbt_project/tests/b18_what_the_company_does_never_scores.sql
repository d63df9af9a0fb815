select activity
from {{ ref('activity_types') }}
where direction = 'outbound' and (weight > 0 or counts_as_active)
