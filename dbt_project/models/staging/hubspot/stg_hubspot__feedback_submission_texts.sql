{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('hubspot', 'feedback_submissions') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['feedback_submission_id', 'day'], 'modified_at') }}

),

final as (

    select
        feedback_submission_id,
        comment as text,
        day as _day
    from latest

)

select * from final
