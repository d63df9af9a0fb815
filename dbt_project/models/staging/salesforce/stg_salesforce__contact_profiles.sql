with

statements as (

    select * from {{ source('salesforce', 'contacts') }}

),

latest as (

    {{ latest_statement('statements', ['contact_id'], 'modified_at') }}

),

final as (

    select
        contact_id,
        email,
        coalesce(mobile_phone, phone) as phone,
        first_name,
        last_name,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
