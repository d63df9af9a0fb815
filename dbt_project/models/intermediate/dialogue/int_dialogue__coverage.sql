-- Whether a source that spoke of late tells what customers say in threads, and how many ways to take part there are.
with

spoke as (

    {{ spoke_within('settings.window_in_days', 'dialogue_settings') }}

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
