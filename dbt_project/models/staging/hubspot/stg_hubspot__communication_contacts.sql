with

communications as (

    select
        communication_id,
        max(day) as day
    from {{ source('hubspot', 'communications') }}
    group by communication_id

),

statements as (

    select * from {{ source('hubspot', 'communication_contacts') }}

),

latest as (

    {{ latest_statement('statements', ['communication_id', 'contact_id']) }}

),

-- an association holds while it is as old as the last statement of its message
final as (

    select
        latest.communication_id,
        latest.contact_id,
        latest.day as _day
    from latest
    inner join communications
        on
            latest.communication_id = communications.communication_id
            and latest.day = communications.day

)

select * from final
