{{ config(materialized='view_of_a_build') }}

with

settings as (

    select * from {{ ref('relation_settings') }}

),

-- voluntary, and where it has words with kind ones: see lifecycle_signals
acts as (

    select
        customer_id,
        count(*) as n_acts
    from {{ ref('int_lifecycle__signals') }}
    where stage = 'advocacy' and {{ is_within('activity_date', 365) }}
    group by customer_id

),

promoters as (

    select
        responses.customer_id,
        count(*) as n_answers
    from {{ ref('int_survey__responses') }} as responses
    cross join settings
    where
        responses.customer_id is not null
        and responses.survey_type = 'NPS'
        and responses.score >= settings.promoter_from
        and {{ is_within('responses.responded_at', 365) }}
    group by responses.customer_id

),

-- who only says that they would recommend has not done so yet
final as (

    select
        acts.customer_id,
        acts.n_acts + coalesce(promoters.n_answers, 0) as n_advocacy_365d
    from acts
    left join promoters on acts.customer_id = promoters.customer_id

)

select * from final
