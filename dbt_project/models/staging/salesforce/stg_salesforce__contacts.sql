with

statements as (

    select * from {{ source('salesforce', 'contacts') }}

),

latest as (

    {{ latest_statement('statements', ['contact_id'], 'modified_at') }}

),

final as (

    select
        contact_id,
        account_id,
        master_contact_id,
        owner_id,
        email_digest,
        job_title,
        country,
        lead_source,
        is_email_opted_out,
        is_deleted,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
