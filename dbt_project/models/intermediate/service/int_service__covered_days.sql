with

days as (

    select * from {{ ref('int_coverage__days') }}
    where is_received

),

final as (

    select distinct
        sources.contact_channel,
        days.date_day
    from {{ ref('contact_sources') }} as sources
    inner join days on sources.source_system = days.source_system and sources.entity = days.entity
    union
    select distinct
        'all' as contact_channel,
        days.date_day
    from {{ ref('contact_sources') }} as sources
    inner join days on sources.source_system = days.source_system and sources.entity = days.entity

)

select * from final
