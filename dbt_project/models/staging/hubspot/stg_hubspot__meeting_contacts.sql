with

meetings as (

    select
        meeting_id,
        max(day) as day
    from {{ source('hubspot', 'meetings') }}
    group by meeting_id

),

statements as (

    select * from {{ source('hubspot', 'meeting_contacts') }}

),

latest as (

    {{ latest_statement('statements', ['meeting_id', 'contact_id']) }}

),

-- an association holds while it is as old as the last statement of its meeting
final as (

    select
        latest.meeting_id,
        latest.contact_id,
        latest.day as _day
    from latest
    inner join meetings
        on
            latest.meeting_id = meetings.meeting_id
            and latest.day = meetings.day

)

select * from final
