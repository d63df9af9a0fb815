-- Looking up an id that was merged away takes one step, never a chain.
select retired.identifier_value
from {{ ref('customer_identities') }} as retired
inner join {{ ref('customer_identities') }} as again
    on
        retired.customer_id = again.identifier_value
        and again.identifier_type = 'customer_id'
where retired.identifier_type = 'customer_id'
