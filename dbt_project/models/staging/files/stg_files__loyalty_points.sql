with

statements as (

    select * from {{ source('files', 'loyalty_points') }}

),

latest as (

    {{ latest_statement('statements', ['entry_id']) }}

),

final as (

    select
        entry_id,
        nullif(trim(loyalty_id), '') as loyalty_id,
        email_digest,
        phone_digest,
        order_id,
        tier,
        reason,
        points,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('booked_at') }} as booked_at,
        day as _day
    from latest

)

select * from final
