-- What a customer spent on each day of buying: orders of one day are one purchase, one that was given back is none, and
-- one for nothing is one, as is one whose amount nobody told.
select
    customer_id,
    sum(net_sales) as net_sales,
    ordered_date
from {{ ref('int_order__orders') }}
where customer_id is not null and ordered_date < {{ as_of() }}
group by customer_id, ordered_date
having sum(net_sales) > 0 or min(net_sales) >= 0 or count(net_sales) = 0
