with

statements as (

    select * from {{ source('salesforce', 'cases') }}

),

latest as (

    {{ latest_statement('statements', ['case_id'], 'modified_at') }}

),

final as (

    select
        case_id,
        account_id,
        contact_id,
        master_case_id,
        owner_id,
        case_number,
        status,
        priority,
        origin,
        is_closed,
        is_deleted,
        {{ utc('closed_at') }} as closed_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
