with

statements as (

    select * from {{ source('salesforce', 'tasks') }}

),

latest as (

    {{ latest_statement('statements', ['task_id'], 'modified_at') }}

),

final as (

    select
        task_id,
        who_id,
        what_id,
        owner_id,
        task_subtype,
        call_type,
        status,
        call_duration_in_s,
        is_closed,
        is_deleted,
        cast({{ utc('due_on') }} as date) as due_date,
        {{ utc('completed_at') }} as completed_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
