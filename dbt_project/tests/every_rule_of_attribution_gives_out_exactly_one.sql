select conversion_id
from {{ ref('attributions') }}
group by conversion_id
having
    greatest(
        abs(sum(first_touch) - 1), abs(sum(last_touch) - 1), abs(sum(last_non_direct) - 1),
        abs(sum(linear) - 1), abs(sum(position_based) - 1), abs(sum(time_decay) - 1)
    ) > 1e-9
