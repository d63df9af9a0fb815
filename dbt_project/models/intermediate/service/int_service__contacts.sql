with

events as (

    select * from {{ ref('int_activity__events') }}
    where machine_reason is null and activity_date < {{ as_of() }}

),

roles as (

    select * from {{ ref('contact_activities') }}

),

-- one ticket of two people is one inquiry, and an answer to both of them
ranked as (

    select
        events.*,
        roles.contact_channel,
        roles.role,
        row_number() over (
            partition by events.source_record_id
            order by case when events.customer_id is null then 1 else 0 end, events.activity_id
        ) as place
    from events
    inner join roles on events.activity = roles.activity

),

final as (

    select
        activity_id,
        source_record_id,
        customer_id,
        owner_id,
        content_id,
        source_system,
        activity,
        contact_channel,
        role,
        activity_date as contact_date,
        ts
    from ranked
    where place = 1 or role = 'answer'

)

select * from final
