-- From when to when a contact belonged to which company, as it was seen at each run. Who names no company of their own
-- belongs to the one that counts them among its people, if it is the only one.
with

employers as (

    select
        contact_id,
        min(company_id) as company_id
    from {{ ref('stg_hubspot__company_contacts') }}
    group by contact_id
    having count(*) = 1

),

statements as (

    select
        'contact' as object_type,
        said.contact_id as object_id,
        coalesce(nullif(said.company_id, ''), employers.company_id) as company_id,
        said.created_at,
        said.modified_at,
        said._day
    from {{ ref('stg_hubspot__contact_statements') }} as said
    left join employers on said.contact_id = employers.contact_id
    union all
    select
        'contact' as object_type,
        contact_id as object_id,
        company_id,
        created_at,
        modified_at,
        _day
    from {{ ref('stg_salesforce__contact_statements') }}

),

{{ spells('company_id') }}

select * from final
