with

tickets as (

    select
        ticket_id,
        max(day) as day
    from {{ source('hubspot', 'tickets') }}
    group by ticket_id

),

statements as (

    select * from {{ source('hubspot', 'ticket_contacts') }}

),

latest as (

    {{ latest_statement('statements', ['ticket_id', 'contact_id']) }}

),

-- an association holds while it is as old as the last statement of its ticket
final as (

    select
        latest.ticket_id,
        latest.contact_id,
        latest.day as _day
    from latest
    inner join tickets
        on
            latest.ticket_id = tickets.ticket_id
            and latest.day = tickets.day

)

select * from final
