with

statements as (

    select * from {{ source('salesforce', 'leads') }}

),

latest as (

    {{ latest_statement('statements', ['lead_id'], 'modified_at') }}

),

final as (

    select
        lead_id,
        master_lead_id,
        converted_contact_id,
        converted_account_id,
        converted_opportunity_id,
        owner_id,
        email_digest,
        job_title,
        country,
        status,
        lead_source,
        is_email_opted_out,
        is_converted,
        is_deleted,
        cast({{ utc('converted_date') }} as date) as converted_date,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
