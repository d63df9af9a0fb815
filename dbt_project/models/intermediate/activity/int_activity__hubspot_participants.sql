{{ config(materialized='view') }}

with

-- an order is one act of one customer, however many contacts its deal has
orders as (

    select
        'deals' as entity,
        deal_id as record_id,
        contact_id
    from {{ ref('int_order__won_deals') }}

),

tickets as (

    select
        'tickets' as entity,
        ticket_id as record_id,
        contact_id
    from {{ ref('stg_hubspot__ticket_contacts') }}

),

calls as (

    select
        'calls' as entity,
        call_id as record_id,
        contact_id
    from {{ ref('stg_hubspot__call_contacts') }}

),

meetings as (

    select
        'meetings' as entity,
        meeting_id as record_id,
        contact_id
    from {{ ref('stg_hubspot__meeting_contacts') }}

),

emails as (

    select
        'emails' as entity,
        email_id as record_id,
        contact_id
    from {{ ref('stg_hubspot__email_contacts') }}

),

communications as (

    select
        'communications' as entity,
        communication_id as record_id,
        contact_id
    from {{ ref('stg_hubspot__communication_contacts') }}

),

feedback_submissions as (

    select
        'feedback_submissions' as entity,
        feedback_submission_id as record_id,
        contact_id
    from {{ ref('stg_hubspot__feedback_submission_contacts') }}

),

final as (

    select * from orders
    union all
    select * from tickets
    union all
    select * from calls
    union all
    select * from meetings
    union all
    select * from emails
    union all
    select * from communications
    union all
    select * from feedback_submissions

)

select * from final
