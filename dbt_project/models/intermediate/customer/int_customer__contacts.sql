-- The contact or lead that speaks for a customer: the one changed last among those that still stand.
with

people as (

    select
        identifier_type,
        identifier_value as contact_id,
        customer_id
    from {{ ref('int_identity__people') }}
    where customer_id is not null

),

contacts as (

    select * from {{ ref('int_customer__crm_records') }}

),

-- who names no company of their own belongs to the one that counts them among its people, if it is the only one
employers as (

    select
        contact_id,
        min(company_id) as company_id
    from {{ ref('stg_hubspot__company_contacts') }}
    group by contact_id
    having count(*) = 1

),

ranked as (

    select
        people.customer_id,
        contacts.contact_id,
        coalesce(nullif(contacts.company_id, ''), employers.company_id) as company_id,
        contacts.owner_id,
        contacts.country,
        contacts.lifecycle_stage,
        contacts.is_email_opted_out,
        row_number() over (
            partition by people.customer_id
            order by contacts.is_archived, contacts.modified_at desc, contacts.contact_id
        ) as place,
        min(contacts.created_at) over (partition by people.customer_id) as first_created_at
    from people
    inner join contacts
        on
            people.identifier_type = contacts.identifier_type
            and people.contact_id = contacts.contact_id
    left join employers on contacts.contact_id = employers.contact_id

),

final as (

    select
        customer_id,
        contact_id,
        company_id,
        owner_id,
        country,
        lifecycle_stage,
        is_email_opted_out,
        first_created_at
    from ranked
    where place = 1

)

select * from final
