{{ config(materialized='view') }}

-- Every feeling that a customer has expressed, from -1 to 1: in a text, in an answer, by an act that is one.
with

feelings as (

    select * from {{ ref('side_feelings') }}

),

texts as (

    select
        events.customer_id,
        'text' as expression,
        cast(texts.sentiment as decimal(9, 4)) as valence,
        1 as n,
        events.activity_date as expressed_on
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('int_sentiment__texts') }} as texts on events.source_record_id = texts.source_record_id
    inner join {{ ref('activity_types') }} as types on events.activity = types.activity
    where types.direction = 'inbound' and types.touchpoint <> 'feedback' and events.machine_reason is null

),

-- the questions of one response are one feeling, and its comment another
answers as (

    select
        customer_id,
        case
            when survey_type <> 'NPS' then survey_type
            when score >= 9 then 'NPS promoter'
            when score >= 7 then 'NPS passive'
            else 'NPS detractor'
        end as expression,
        2 * (avg(score) - min(lowest_score)) / (max(highest_score) - min(lowest_score)) - 1 as along_scale,
        cast(responded_at as date) as expressed_on
    from {{ ref('int_survey__responses') }}
    where is_on_scale and survey_type in ('NPS', 'CSAT', 'CES', 'ACSI')
    group by response_id, customer_id, expression, cast(responded_at as date)

),

comments as (

    select
        customer_id,
        'comment' as expression,
        cast(sentiment as decimal(9, 4)) as valence,
        1 as n,
        cast(responded_at as date) as expressed_on
    from {{ ref('int_survey__responses') }}
    where sentiment is not null

),

final as (

    select * from texts
    union all
    select * from comments
    union all
    select
        answers.customer_id,
        answers.expression,
        coalesce(feelings.valence, cast(answers.along_scale as decimal(9, 4))) as valence,
        1 as n,
        answers.expressed_on
    from answers
    left join feelings on answers.expression = feelings.expression
    union all
    select
        acts.customer_id,
        feelings.expression,
        feelings.valence,
        acts.n_human as n,
        acts.activity_date as expressed_on
    from {{ ref('int_day__customer_activities') }} as acts
    inner join feelings on acts.activity = feelings.expression
    where acts.n_human > 0

)

select * from final
