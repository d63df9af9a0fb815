with

statements as (

    select * from {{ source('salesforce', 'leads') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['lead_id', 'day'], 'modified_at') }}

),

final as (

    select
        lead_id,
        master_lead_id,
        converted_contact_id,
        email_digest,
        phone_digest,
        {{ is_role_mailbox('email') }} as is_role_mailbox,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
