with

feedback_submissions as (

    select
        feedback_submission_id,
        max(day) as day
    from {{ source('hubspot', 'feedback_submissions') }}
    group by feedback_submission_id

),

statements as (

    select * from {{ source('hubspot', 'feedback_submission_contacts') }}

),

latest as (

    {{ latest_statement('statements', ['feedback_submission_id', 'contact_id']) }}

),

-- an association holds while it is as old as the last statement of its feedback_submission
final as (

    select
        latest.feedback_submission_id,
        latest.contact_id,
        latest.day as _day
    from latest
    inner join feedback_submissions
        on
            latest.feedback_submission_id = feedback_submissions.feedback_submission_id
            and latest.day = feedback_submissions.day

)

select * from final
