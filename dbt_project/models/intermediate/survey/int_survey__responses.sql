with

answers as (

    select * from {{ ref('int_survey__answers') }}

),

people as (

    select * from {{ ref('int_activity__people') }}

),

final as (

    select
        {{ dbt.hash("concat(answers.response_id, '#', answers.question)") }} as survey_response_id,
        answers.response_id,
        people.customer_id,
        answers.source_system,
        answers.survey_type,
        answers.survey_channel,
        nullif(answers.question, '') as question,
        cast(answers.score as double) as score,
        cast(scales.lowest_score as {{ dbt.type_int() }}) as lowest_score,
        cast(scales.highest_score as {{ dbt.type_int() }}) as highest_score,
        answers.score between scales.lowest_score and scales.highest_score as is_on_scale,
        answers.responded_at
    from answers
    left join people
        on
            answers.identifier_type = people.identifier_type
            and answers.identifier_value = people.identifier_value
            and answers.responded_at >= people.valid_from
            and answers.responded_at < people.valid_to
    left join {{ ref('survey_scales') }} as scales on answers.survey_type = scales.survey_type

)

select * from final
