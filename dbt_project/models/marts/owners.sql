with

owners as (

    select * from {{ ref('int_account__owners') }}

),

final as (

    select
        owner_id,
        email_digest,
        is_archived,
        created_at,
        modified_at
    from owners

)

select * from final
