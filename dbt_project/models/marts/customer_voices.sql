with

statements as (

    select * from {{ ref('int_voice__statements') }}

),

judged as (

    select
        statements.*,
        case
            when statements.sentiment >= settings.positive_from then 1
            when statements.sentiment <= settings.negative_to then -1
            when statements.sentiment is not null then 0
        end as mood
    from statements
    cross join {{ ref('voice_settings') }} as settings

),

counted as (

    select
        source_system,
        contact_channel,
        topic,
        count(*) as n_voices,
        count(mood) as n_with_sentiment,
        sum(case when mood = 1 then 1 else 0 end) as n_positive,
        sum(case when mood = -1 then 1 else 0 end) as n_negative,
        sum(case when is_awaiting then 1 else 0 end) as n_awaiting,
        sum(case when is_unanswered then 1 else 0 end) as n_unanswered,
        min(case when is_closed then 1 else 0 end) = 1 as is_closed,
        voice_week
    from judged
    group by source_system, contact_channel, topic, voice_week

),

final as (

    select
        source_system,
        contact_channel,
        topic,
        cast(n_voices as bigint) as n_voices,
        cast(n_with_sentiment as bigint) as n_with_sentiment,
        cast(n_positive as bigint) as n_positive,
        cast(n_negative as bigint) as n_negative,
        {{ share('(n_positive - n_negative)', 'n_with_sentiment') }} as net_sentiment,
        cast(n_awaiting as bigint) as n_awaiting,
        cast(n_unanswered as bigint) as n_unanswered,
        {{ share('n_unanswered', 'n_awaiting') }} as unanswered_share,
        is_closed,
        voice_week
    from counted

)

select * from final
