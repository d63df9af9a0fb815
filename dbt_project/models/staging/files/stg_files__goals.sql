with

statements as (

    select * from {{ source('files', 'goals') }}

),

latest as (

    {{ latest_statement('statements', ['goal_id']) }}

),

final as (

    select
        goal_id,
        metric,
        segment,
        target,
        {{ utc('starts_at') }} as starts_at,
        {{ utc('ends_at') }} as ends_at,
        day as _day
    from latest

)

select * from final
