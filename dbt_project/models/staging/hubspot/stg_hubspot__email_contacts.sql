with

emails as (

    select
        email_id,
        max(day) as day
    from {{ source('hubspot', 'emails') }}
    group by email_id

),

statements as (

    select * from {{ source('hubspot', 'email_contacts') }}

),

latest as (

    {{ latest_statement('statements', ['email_id', 'contact_id']) }}

),

-- an association holds while it is as old as the last statement of its email
final as (

    select
        latest.email_id,
        latest.contact_id,
        latest.day as _day
    from latest
    inner join emails
        on
            latest.email_id = emails.email_id
            and latest.day = emails.day

)

select * from final
