with

statements as (

    select * from {{ source('klaviyo', 'lists') }}

),

latest as (

    {{ latest_statement('statements', ['list_id']) }}

),

final as (

    select
        list_id,
        name,
        opt_in_process,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        day as _day
    from latest

)

select * from final
