with

final as (

    select
        contact_id,
        owner_id,
        account_id as company_id,
        is_email_opted_out,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from {{ source('salesforce', 'contacts') }}

)

select * from final
