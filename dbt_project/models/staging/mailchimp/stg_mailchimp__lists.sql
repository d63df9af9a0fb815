with

statements as (

    select * from {{ source('mailchimp', 'lists') }}

),

latest as (

    {{ latest_statement('statements', ['list_id']) }}

),

final as (

    select
        list_id,
        name,
        member_count,
        {{ utc('created_at') }} as created_at,
        day as _day
    from latest

)

select * from final
