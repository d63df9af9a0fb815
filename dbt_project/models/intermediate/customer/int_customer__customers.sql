with

people as (

    select distinct customer_id from {{ ref('int_identity__people') }}
    where customer_id is not null

),

contacts as (

    select * from {{ ref('int_customer__contacts') }}

),

relations as (

    select * from {{ ref('int_customer__relations') }}

),

final as (

    select
        people.customer_id,
        contacts.company_id,
        contacts.owner_id,
        contacts.country,
        contacts.lifecycle_stage,
        case when contacts.company_id is not null then 'b2b' else 'b2c' end as b2b_b2c,
        relations.consent_state,
        least(relations.subscribed_at, contacts.first_created_at) as relationship_started_at
    from people
    left join contacts on people.customer_id = contacts.customer_id
    left join relations on people.customer_id = relations.customer_id

)

select * from final
