-- What customers have said of the company, each from -1 to 1: an answer by its place on its scale (NPS: (x - 5) / 5),
-- or else its comment by its mood; and what they wrote elsewhere by its mood.
with

settings as (

    select * from {{ ref('index_settings') }}

),

answers as (

    select
        response_id,
        max(customer_id) as customer_id,
        cast(
            sum(
                coalesce(
                    cast((2 * score - lowest_score - highest_score) / (highest_score - lowest_score) as decimal(9, 6)),
                    cast(sentiment as decimal(9, 6))
                )
            ) / count(*) as decimal(9, 6)
        ) as opinion,
        max(cast(responded_at as date)) as opinion_date
    from {{ ref('int_survey__responses') }}
    where
        customer_id is not null
        and (survey_type in ('NPS', 'CSAT', 'CES', 'ACSI') and is_on_scale or sentiment is not null and score is null)
    group by response_id

),

texts as (

    select
        events.activity_id,
        events.customer_id,
        cast(texts.sentiment as decimal(9, 6)) as opinion,
        events.activity_date as opinion_date
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('int_sentiment__texts') }} as texts on events.source_record_id = texts.source_record_id
    inner join {{ ref('activity_types') }} as types on events.activity = types.activity
    left join answers on events.source_record_id = answers.response_id
    where
        events.customer_id is not null and events.machine_reason is null and types.direction = 'inbound'
        and texts.sentiment is not null and answers.response_id is null

),

said as (

    select * from answers
    union all
    select * from texts

),

aged as (

    select
        said.response_id as opinion_id,
        said.customer_id,
        said.opinion,
        settings.half_life_in_days,
        settings.opinion_window_in_days,
        moments.told_on,
        {{ dbt.datediff('said.opinion_date', 'moments.told_on', 'day') }} - 1 as age_in_days
    from said
    inner join {{ ref('int_index__moments') }} as moments
        on said.customer_id = moments.customer_id and said.opinion_date < moments.told_on
    cross join settings

),

final as (

    select
        opinion_id,
        customer_id,
        opinion,
        cast({{ decay('age_in_days') }} as decimal(18, 9)) as weight,
        told_on
    from aged
    where age_in_days < opinion_window_in_days

)

select * from final
