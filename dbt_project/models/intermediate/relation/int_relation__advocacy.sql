with

settings as (

    select * from {{ ref('relation_settings') }}

),

types as (

    select * from {{ ref('int_relation__types') }}
    where is_advocacy and is_counted

),

spoken as (

    select
        acts.customer_id,
        sum(acts.n_365d) as n_acts
    from {{ ref('int_relation__acts') }} as acts
    inner join types on acts.activity = types.activity
    group by acts.customer_id

),

unkind as (

    select
        events.customer_id,
        count(*) as n_acts
    from {{ ref('int_activity__events') }} as events
    inner join types on events.activity = types.activity
    inner join {{ ref('int_sentiment__texts') }} as texts on events.source_record_id = texts.source_record_id
    cross join settings
    where
        events.customer_id is not null
        and events.machine_reason is null
        and texts.sentiment < settings.unkind_below
        and {{ is_within('events.activity_date', 365) }}
    group by events.customer_id

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
        spoken.customer_id,
        case
            when spoken.n_acts > coalesce(unkind.n_acts, 0)
                then spoken.n_acts - coalesce(unkind.n_acts, 0) + coalesce(promoters.n_answers, 0)
            else 0
        end as n_advocacy_365d
    from spoken
    left join unkind on spoken.customer_id = unkind.customer_id
    left join promoters on spoken.customer_id = promoters.customer_id

)

select * from final
