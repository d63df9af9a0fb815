with

final as (

    select
        contact_id,
        owner_id,
        company_id,
        legal_basis,
        is_email_opted_out,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from {{ source('hubspot', 'contacts') }}

)

select * from final
