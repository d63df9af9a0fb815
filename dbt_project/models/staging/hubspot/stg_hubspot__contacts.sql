with

statements as (

    select * from {{ source('hubspot', 'contacts') }}

),

latest as (

    {{ latest_statement('statements', ['contact_id'], 'modified_at') }}

),

archived as (

    select
        contact_id,
        max(archived_at) as archived_at
    from {{ source('hubspot', 'contacts_archived') }}
    group by contact_id

),

final as (

    select
        latest.contact_id,
        latest.site_user_id,
        latest.company_id,
        latest.owner_id,
        latest.email_digest,
        latest.additional_emails_digest,
        latest.phone_digest,
        latest.bluesky_handle_digest,
        latest.merged_contact_ids,
        latest.job_title,
        latest.country,
        latest.lifecycle_stage,
        latest.legal_basis,
        latest.is_email_opted_out,
        coalesce(latest.is_archived, false)
        or coalesce(archived.archived_at >= latest.modified_at, false) as is_archived,
        {{ utc('latest.created_at') }} as created_at,
        {{ utc('latest.modified_at') }} as modified_at,
        {{ utc('archived.archived_at') }} as archived_at,
        latest.day as _day
    from latest
    left join archived on latest.contact_id = archived.contact_id

)

select * from final
