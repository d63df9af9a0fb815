with

companies as (

    select * from {{ ref('int_account__records') }}

),

sizes as (

    select
        companies.company_id,
        max(segments.min_employees) as min_employees
    from companies
    inner join {{ ref('account_segments') }} as segments on companies.employee_count >= segments.min_employees
    group by companies.company_id

),

final as (

    select
        companies.company_id,
        nullif(nullif(companies.parent_company_id, ''), companies.company_id) as parent_company_id,
        roots.root_company_id,
        companies.owner_id,
        companies.name,
        companies.domain,
        companies.industry,
        companies.country,
        segments.segment,
        companies.employee_count,
        roots.depth,
        coalesce(companies.is_archived, false) as is_archived,
        companies.created_at
    from companies
    inner join {{ ref('int_account__roots') }} as roots on companies.company_id = roots.company_id
    left join sizes on companies.company_id = sizes.company_id
    left join {{ ref('account_segments') }} as segments on sizes.min_employees = segments.min_employees

)

select * from final
