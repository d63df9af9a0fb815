with

statements as (

    select * from {{ source('files', 'attendance') }}

),

latest as (

    {{ latest_statement('statements', ['attendance_id', 'status']) }}

),

final as (

    select
        attendance_id,
        nullif(trim(loyalty_id), '') as loyalty_id,
        email_digest,
        phone_digest,
        event_id,
        event_name,
        event_type,
        lower(trim(status)) as status,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('happened_at') }} as happened_at,
        day as _day
    from latest

)

select * from final
