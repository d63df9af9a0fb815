-- Whether a source that spoke of late tells what customers say in threads, and how many ways to take part there are.
with

settings as (

    select * from {{ ref('dialogue_settings') }}

),

spoke as (

    select distinct days.source_system
    from {{ ref('int_coverage__days') }} as days
    cross join settings
    where days.is_received and {{ is_within('days.date_day', 'settings.window_in_days') }}

),

final as (

    select
        coalesce(max(case when voices.voice = 'customer' then 1 else 0 end) = 1, false) as has_threads,
        count(
            distinct case
                when types.direction = 'inbound' and types.counts_as_active and types.mode = 'participate'
                    then types.touchpoint
            end
        ) as n_ways_offered
    from spoke
    inner join {{ ref('int_coverage__acts') }} as acts on spoke.source_system = acts.source_system
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    left join {{ ref('dialogue_voices') }} as voices on acts.activity = voices.activity

)

select * from final
