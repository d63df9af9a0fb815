-- bit 0 is the day itself
select
    customer_id,
    activity_date
from {{ ref('customer_days') }}
where
    (days_active_bits % 2 = 1) <> is_active
    and {{ in_touched_days('activity_date') }}
