with

statements as (

    select * from {{ source('klaviyo', 'profiles') }}

),

latest as (

    {{ latest_statement('statements', ['profile_id'], 'updated_at') }}

),

final as (

    select
        profile_id,
        email,
        phone,
        nullif(first_name, '') as first_name,
        nullif(last_name, '') as last_name,
        {{ utc('updated_at') }} as updated_at,
        day as _day
    from latest

)

select * from final
