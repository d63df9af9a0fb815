with

calls as (

    select
        call_id,
        max(day) as day
    from {{ source('hubspot', 'calls') }}
    group by call_id

),

statements as (

    select * from {{ source('hubspot', 'call_contacts') }}

),

latest as (

    {{ latest_statement('statements', ['call_id', 'contact_id']) }}

),

-- an association holds while it is as old as the last statement of its call
final as (

    select
        latest.call_id,
        latest.contact_id,
        latest.day as _day
    from latest
    inner join calls
        on
            latest.call_id = calls.call_id
            and latest.day = calls.day

)

select * from final
