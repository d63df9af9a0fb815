with

companies as (

    select * from {{ ref('int_account__companies') }}

),

final as (

    select
        company_id as account_id,
        parent_company_id as parent_account_id,
        root_company_id as root_account_id,
        owner_id,
        name,
        domain,
        industry,
        country,
        segment,
        employee_count,
        depth as hierarchy_depth,
        is_archived,
        created_at
    from companies

)

select * from final
