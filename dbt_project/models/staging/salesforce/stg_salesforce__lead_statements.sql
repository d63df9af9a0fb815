with

final as (

    select
        lead_id,
        owner_id,
        is_email_opted_out,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from {{ source('salesforce', 'leads') }}

)

select * from final
