-- The acts that are read one by one are those that the days add up.
select customer_id
from {{ ref('customer_relations') }}
where n_consumer_led > n_acts
