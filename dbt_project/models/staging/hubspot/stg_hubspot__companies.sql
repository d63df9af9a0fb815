with

statements as (

    select * from {{ source('hubspot', 'companies') }}

),

latest as (

    {{ latest_statement('statements', ['company_id'], 'modified_at') }}

),

final as (

    select
        company_id,
        parent_company_id,
        owner_id,
        name,
        domain,
        industry,
        country,
        employee_count,
        is_archived,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
