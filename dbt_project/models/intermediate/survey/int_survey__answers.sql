{{ config(materialized='view') }}

with

submitters as (

    select
        feedback_submission_id,
        min(contact_id) as contact_id
    from {{ ref('stg_hubspot__feedback_submission_contacts') }}
    group by feedback_submission_id

),

hubspot as (

    select
        concat('hubspot/feedback_submissions/', submissions.feedback_submission_id) as response_id,
        'hubspot' as source_system,
        'hubspot_contact_id' as identifier_type,
        submitters.contact_id as identifier_value,
        upper(coalesce(submissions.survey_type, 'CUSTOM')) as survey_type,
        submissions.survey_channel,
        cast('' as {{ dbt.type_string() }}) as question,
        submissions.score,
        submissions.submitted_at as responded_at
    from {{ ref('stg_hubspot__feedback_submissions') }} as submissions
    left join submitters on submissions.feedback_submission_id = submitters.feedback_submission_id
    where not coalesce(submissions.is_archived, false)

),

files as (

    select
        concat('files/survey_answers/', response_id) as response_id,
        'files' as source_system,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        survey_type,
        survey_channel,
        question,
        score,
        answered_at as responded_at
    from {{ ref('stg_files__survey_answers') }}

),

final as (

    select * from hubspot
    union all
    select * from files

)

select * from final
