with

statements as (

    select * from {{ source('salesforce', 'accounts') }}

),

latest as (

    {{ latest_statement('statements', ['account_id'], 'modified_at') }}

),

final as (

    select
        account_id,
        parent_account_id,
        master_account_id,
        owner_id,
        name,
        account_type,
        industry,
        website,
        country,
        employee_count,
        is_deleted,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
