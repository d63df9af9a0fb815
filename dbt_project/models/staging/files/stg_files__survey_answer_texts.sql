{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('files', 'survey_answers') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['response_id', 'question', 'day']) }}

),

final as (

    select
        response_id,
        question,
        comment as text,
        day as _day
    from latest

)

select * from final
