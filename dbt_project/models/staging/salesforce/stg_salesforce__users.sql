with

statements as (

    select * from {{ source('salesforce', 'users') }}

),

latest as (

    {{ latest_statement('statements', ['user_id'], 'modified_at') }}

),

final as (

    select
        user_id,
        email_digest,
        is_active,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
