-- The turns of a shared device never overlap.
select
    earlier.visitor_id,
    earlier.valid_from,
    later.valid_from as later_from
from {{ ref('int_identity__devices') }} as earlier
inner join {{ ref('int_identity__devices') }} as later
    on
        earlier.identifier_type = later.identifier_type
        and earlier.visitor_id = later.visitor_id
        and earlier.valid_from < later.valid_from
where later.valid_from < earlier.valid_to
