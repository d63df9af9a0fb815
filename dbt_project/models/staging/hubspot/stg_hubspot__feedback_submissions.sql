with

statements as (

    select * from {{ source('hubspot', 'feedback_submissions') }}

),

latest as (

    {{ latest_statement('statements', ['feedback_submission_id'], 'modified_at') }}

),

final as (

    select
        feedback_submission_id,
        owner_id,
        survey_type,
        survey_channel,
        score,
        is_archived,
        {{ utc('submitted_at') }} as submitted_at,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
