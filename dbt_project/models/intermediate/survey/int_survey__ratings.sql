-- What a response says, as one number: an answer that counts, or ACSI's three taken together. Who is not known is a
-- respondent of their own.
with

settings as (

    select * from {{ ref('survey_settings') }}

),

answers as (

    select
        *,
        coalesce(customer_id, response_id) as respondent_id,
        highest_score - lowest_score as width,
        cast(score as decimal(18, 6)) as answer,
        cast(score as decimal(18, 6)) - lowest_score as above
    from {{ ref('int_survey__responses') }}
    where is_on_scale and responded_at < cast({{ as_of() }} as {{ dbt.type_timestamp() }})

),

single as (

    select
        answers.response_id,
        coalesce(answers.question, '') as question,
        answers.respondent_id,
        answers.customer_id,
        answers.survey_type,
        answers.survey_channel,
        answers.answer as rating,
        cast(null as decimal(18, 6)) as weighted_rating,
        case answers.survey_type
            when 'NPS' then answers.answer >= settings.promoter_from
            when 'CSAT' then answers.answer >= settings.satisfied_from
            when 'CES' then answers.answer >= settings.easy_from
            else answers.answer >= settings.loyal_from
        end as is_favourable,
        answers.survey_type = 'NPS' and answers.answer <= settings.detractor_to as is_unfavourable,
        answers.responded_at
    from answers
    cross join settings
    where answers.survey_type in ('NPS', 'CSAT', 'CES', 'REPURCHASE_INTENT')

),

-- (x1 + x2 + x3 - 3) / 27 x 100, and the same with a weight for each
acsi as (

    select
        answers.response_id,
        '' as question,
        max(answers.respondent_id) as respondent_id,
        max(answers.customer_id) as customer_id,
        'ACSI' as survey_type,
        max(answers.survey_channel) as survey_channel,
        cast(100 * sum(answers.above) / sum(answers.width) as decimal(18, 6)) as rating,
        cast(
            100 * sum(weights.weight * answers.above) / sum(weights.weight * answers.width) as decimal(18, 6)
        ) as weighted_rating,
        false as is_favourable,
        false as is_unfavourable,
        max(answers.responded_at) as responded_at
    from answers
    inner join {{ ref('acsi_weights') }} as weights on answers.question = weights.question
    where answers.survey_type = 'ACSI'
    group by answers.response_id
    having count(*) = (select count(*) from {{ ref('acsi_weights') }})

),

final as (

    select * from single
    union all
    select * from acsi

)

select * from final
