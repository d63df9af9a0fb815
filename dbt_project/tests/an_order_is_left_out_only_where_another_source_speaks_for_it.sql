select left_out.order_id
from {{ ref('int_order__statements') }} as left_out
left join {{ ref('int_order__counted') }} as counted on left_out.order_id = counted.order_id
left join {{ ref('int_order__statements') }} as speaker
    on
        lower(trim(left_out.order_number)) = lower(trim(speaker.order_number))
        and left_out.source_system <> speaker.source_system
where
    left_out.is_standing and left_out.ordered_at < cast({{ as_of() }} as timestamp)
    and counted.order_id is null and speaker.order_id is null
