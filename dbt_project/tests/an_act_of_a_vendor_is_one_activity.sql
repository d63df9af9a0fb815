-- The two seeds that say what a vendor's act is do not both say it.
with

named as (

    select
        source_system,
        vendor_action
    from {{ ref('activity_types') }}
    union all
    select
        source_system,
        vendor_action
    from {{ ref('vendor_activities') }}

)

select
    source_system,
    vendor_action
from named
group by source_system, vendor_action
having count(*) > 1
