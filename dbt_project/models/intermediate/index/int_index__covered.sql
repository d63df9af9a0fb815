-- Which parts of the index some source has spoken of in the window: where none has, the part is null and not zero.
with

parts as (

    select
        'usage' as part,
        activity
    from {{ ref('usage_features') }}
    union all
    select
        involvement as part,
        activity
    from {{ ref('involvement_activities') }}

),

spoke as (

    {{ spoke_within('settings.window_in_days', 'index_settings') }}

),

final as (

    select distinct parts.part
    from parts
    inner join {{ ref('int_coverage__acts') }} as acts on parts.activity = acts.activity
    inner join spoke on acts.source_system = spoke.source_system

)

select * from final
