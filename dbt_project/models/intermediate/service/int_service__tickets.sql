with

hubspot as (

    select
        concat('hubspot/tickets/', ticket_id) as source_record_id,
        created_at,
        closed_at
    from {{ ref('stg_hubspot__tickets') }}
    where not coalesce(is_archived, false)

),

salesforce as (

    select
        concat('salesforce/cases/', case_id) as source_record_id,
        created_at,
        case when is_closed then closed_at end as closed_at
    from {{ ref('stg_salesforce__cases') }}
    where not coalesce(is_deleted, false) and master_case_id is null

),

final as (

    select * from hubspot
    union all
    select * from salesforce

)

select * from final
