with

statements as (

    select * from {{ source('klaviyo', 'list_members') }}

),

latest as (

    {{ latest_statement('statements', ['list_id', 'profile_id']) }}

),

final as (

    select
        list_id,
        profile_id,
        {{ utc('joined_at') }} as joined_at,
        day as _day
    from latest

)

select * from final
