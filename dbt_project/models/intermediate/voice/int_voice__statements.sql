with

inbound as (

    select * from {{ ref('int_service__inbound') }}

),

-- the comments on the questions of one survey answer are one statement, of its first topic
texts as (

    select
        case
            when source_record_id like 'files/survey_answers/%' then split_part(source_record_id, '#', 1)
            else source_record_id
        end as source_record_id,
        count(language) as n_read,
        min(topic) as topic,
        sum(cast(sentiment as decimal(9, 4))) / nullif(count(sentiment), 0) as sentiment
    from {{ ref('int_sentiment__texts') }}
    group by
        case
            when source_record_id like 'files/survey_answers/%' then split_part(source_record_id, '#', 1)
            else source_record_id
        end

),

final as (

    select
        inbound.source_record_id,
        inbound.customer_id,
        inbound.source_system,
        inbound.contact_channel,
        case when coalesce(texts.n_read, 0) = 0 then 'unread' else coalesce(texts.topic, 'other') end as topic,
        cast(texts.sentiment as decimal(9, 4)) as sentiment,
        inbound.is_awaiting,
        inbound.is_awaiting and not inbound.is_answered as is_unanswered,
        inbound.is_closed,
        cast({{ dbt.date_trunc('week', 'inbound.contact_date') }} as date) as voice_week,
        inbound.contact_date
    from inbound
    left join texts on inbound.source_record_id = texts.source_record_id

)

select * from final
