{{ config(materialized='view') }}

with

companies as (

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
        created_at
    from {{ ref('stg_hubspot__companies') }}

),

accounts as (

    select
        account_id as company_id,
        parent_account_id as parent_company_id,
        owner_id,
        name,
        {{ website_domain('website') }} as domain,
        industry,
        country,
        employee_count,
        is_deleted as is_archived,
        created_at
    from {{ ref('stg_salesforce__accounts') }}

),

final as (

    select * from companies
    union all
    select * from accounts

)

select * from final
