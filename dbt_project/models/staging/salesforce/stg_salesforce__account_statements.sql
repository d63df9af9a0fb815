with

final as (

    select
        account_id,
        owner_id,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from {{ source('salesforce', 'accounts') }}

)

select * from final
