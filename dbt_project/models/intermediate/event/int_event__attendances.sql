with

statements as (

    select * from {{ ref('int_event__statements') }}

),

people as (

    select * from {{ ref('int_activity__people') }}

),

owned as (

    select
        statements.*,
        people.customer_id,
        coalesce(people.customer_id, statements.record_id) as person_id
    from statements
    left join people
        on
            statements.identifier_type = people.identifier_type
            and statements.identifier_value = people.identifier_value
            and statements.happened_at >= people.valid_from
            and statements.happened_at < people.valid_to

),

final as (

    select
        event_id,
        person_id,
        max(customer_id) as customer_id,
        max(source_system) as source_system,
        max(event_name) as event_name,
        max(event_type) as event_type,
        max(case when was_invited then 1 else 0 end) as was_invited,
        max(case when was_registered then 1 else 0 end) as was_registered,
        max(case when status = 'attended' then 1 else 0 end) as was_there,
        max(case when status = 'no_show' then 1 else 0 end) as was_noted_absent,
        min(event_date) as event_date
    from owned
    group by event_id, person_id

)

select * from final
