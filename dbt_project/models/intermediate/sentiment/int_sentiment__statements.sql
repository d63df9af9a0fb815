{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ empty_touched_days() }}"
) }}

with

settings as (

    select * from {{ ref('sentiment_settings') }}

),

written as (

    select * from {{ ref('int_sentiment__written') }}

),

-- the same words are read once, however often they are written
wordings as (

    select distinct text from written

),

plain as (

    select
        text,
        {{ plain_text('text') }} as words
    from wordings

),

known as (

    select
        plain.text,
        plain.words,
        {{ language_of('plain.words', 'settings.lowest_confidence') }} as language,
        length(plain.words) - length(replace(plain.words, ' ', '')) + 1 >= settings.fewest_words as is_long_enough
    from plain
    cross join settings
    where plain.words <> ''

),

judged as (

    select
        known.text,
        known.language,
        {{ sentiment_of('known.words') }} as sentiment
    from known
    inner join settings on known.language = settings.scored_language
    where known.is_long_enough

),

-- the words that stand for a topic are of the scored language too; of several topics the first
spoken_of as (

    select
        known.text,
        min(topics.priority) as priority
    from known
    inner join settings on known.language = settings.scored_language
    inner join {{ ref('voice_topics') }} as topics on {{ matches('lower(known.words)', 'topics.pattern') }}
    group by known.text

),

final as (

    select
        written.source_record_id,
        known.language,
        topics.topic,
        judged.sentiment,
        written._day
    from written
    left join known on written.text = known.text
    left join judged on written.text = judged.text
    left join spoken_of on written.text = spoken_of.text
    left join {{ ref('voice_topics') }} as topics on spoken_of.priority = topics.priority

)

select * from final
