-- What a customer had last answered by each Monday, of the 90 days before it and not a day later.
with

answers as (

    select
        customer_id,
        survey_type,
        score,
        2 * (score - lowest_score) / nullif(highest_score - lowest_score, 0) - 1 as mood,
        responded_at,
        survey_response_id
    from {{ ref('int_survey__responses') }}
    where customer_id is not null and is_on_scale

),

latest as (

    select
        observations.customer_id,
        observations.observed_on,
        answers.survey_type,
        answers.score,
        answers.mood,
        rank() over (
            partition by observations.customer_id, observations.observed_on, answers.survey_type
            order by answers.responded_at desc
        ) as place
    from {{ ref('int_validation__observations') }} as observations
    inner join answers
        on
            observations.customer_id = answers.customer_id
            and answers.responded_at < cast(observations.observed_on as {{ dbt.type_timestamp() }})
            and answers.responded_at >= {{ dbt.dateadd('day', -90, 'observations.observed_on') }}

),

final as (

    select
        customer_id,
        observed_on,
        avg(case when survey_type = 'NPS' then score end) as nps,
        avg(case when survey_type = 'CSAT' then score end) as csat,
        avg(case when survey_type = 'CES' then score end) as ces,
        avg(case when survey_type = 'ACSI' then score end) as acsi,
        round(avg(case when survey_type in ('NPS', 'CSAT', 'CES', 'ACSI') then mood end), 6) as mood
    from latest
    where place = 1
    group by customer_id, observed_on

)

select * from final
