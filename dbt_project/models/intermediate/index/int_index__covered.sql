-- Which parts of the index some source has spoken of in the window: where none has, the part is null and not zero.
with

settings as (

    select window_in_days from {{ ref('index_settings') }}

),

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

    select days.source_system
    from {{ ref('int_coverage__days') }} as days
    cross join settings
    where
        days.is_received
        and days.date_day >= cast({{ dbt.dateadd('day', '-settings.window_in_days', as_of()) }} as date)
    group by days.source_system

),

final as (

    select distinct parts.part
    from parts
    inner join {{ ref('int_coverage__acts') }} as acts on parts.activity = acts.activity
    inner join spoke on acts.source_system = spoke.source_system

)

select * from final
