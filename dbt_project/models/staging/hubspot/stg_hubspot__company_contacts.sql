with

companies as (

    select
        company_id,
        max(day) as day
    from {{ source('hubspot', 'companies') }}
    group by company_id

),

statements as (

    select * from {{ source('hubspot', 'company_contacts') }}

),

latest as (

    {{ latest_statement('statements', ['company_id', 'contact_id']) }}

),

-- an association holds while it is as old as the last statement of its company
final as (

    select
        latest.company_id,
        latest.contact_id,
        latest.day as _day
    from latest
    inner join companies
        on
            latest.company_id = companies.company_id
            and latest.day = companies.day

)

select * from final
