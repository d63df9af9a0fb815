-- What a customer last said of how far expectations were met.
with

settings as (

    select * from {{ ref('preference_settings') }}

),

ranked as (

    select
        responses.customer_id,
        responses.score,
        responses.score - (responses.lowest_score + responses.highest_score) / 2.0 as gap,
        row_number() over (
            partition by responses.customer_id
            order by responses.responded_at desc, responses.survey_response_id
        ) as place
    from {{ ref('int_survey__responses') }} as responses
    inner join settings
        on
            responses.survey_type = settings.expectation_survey
            and responses.question = settings.expectation_question
    where
        responses.customer_id is not null
        and responses.is_on_scale
        and cast(responses.responded_at as date) < {{ as_of() }}
        and {{ dbt.datediff('responses.responded_at', as_of(), 'day') }} <= settings.expectation_in_days

),

final as (

    select
        customer_id,
        score as expectation_score,
        gap as expectation_gap
    from ranked
    where place = 1

)

select * from final
