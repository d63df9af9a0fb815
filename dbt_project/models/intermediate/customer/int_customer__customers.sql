with

people as (

    select distinct customer_id from {{ ref('int_identity__people') }}
    where customer_id is not null

),

sureness as (

    select
        customer_id,
        max(identity_confidence_score) as identity_confidence_score
    from {{ ref('int_identity__members') }}
    where customer_id is not null
    group by customer_id

),

contacts as (

    select * from {{ ref('int_customer__contacts') }}

),

relations as (

    select * from {{ ref('int_customer__relations') }}

),

consents as (

    select * from {{ ref('int_customer__consents') }}

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
        consents.has_email_consent,
        consents.has_sms_consent,
        consents.has_push_consent,
        sureness.identity_confidence_score,
        least(relations.subscribed_at, contacts.first_created_at) as relationship_started_at
    from people
    left join sureness on people.customer_id = sureness.customer_id
    left join contacts on people.customer_id = contacts.customer_id
    left join relations on people.customer_id = relations.customer_id
    left join consents on people.customer_id = consents.customer_id

)

select * from final
