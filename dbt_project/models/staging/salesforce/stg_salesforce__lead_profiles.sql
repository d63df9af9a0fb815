with

statements as (

    select * from {{ source('salesforce', 'leads') }}

),

latest as (

    {{ latest_statement('statements', ['lead_id'], 'modified_at') }}

),

final as (

    select
        lead_id,
        email,
        phone,
        first_name,
        last_name,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
