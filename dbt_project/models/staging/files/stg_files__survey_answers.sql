with

statements as (

    select * from {{ source('files', 'survey_answers') }}

),

latest as (

    {{ latest_statement('statements', ['response_id', 'question']) }}

),

final as (

    select
        response_id,
        nullif(trim(loyalty_id), '') as loyalty_id,
        email_digest,
        phone_digest,
        upper(trim(survey_type)) as survey_type,
        survey_channel,
        question,
        score,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('answered_at') }} as answered_at,
        day as _day
    from latest

)

select * from final
