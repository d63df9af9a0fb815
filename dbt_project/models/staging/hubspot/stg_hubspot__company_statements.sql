with

final as (

    select
        company_id,
        owner_id,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from {{ source('hubspot', 'companies') }}

)

select * from final
