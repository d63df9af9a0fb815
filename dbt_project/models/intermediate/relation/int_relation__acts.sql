with

settings as (

    select * from {{ ref('relation_settings') }}

),

acts as (

    select * from {{ ref('int_day__customer_activities') }}
    where n_human > 0 and activity_date < {{ as_of() }}

),

final as (

    select
        acts.customer_id,
        acts.activity,
        sum(case when {{ is_within('acts.activity_date', 'settings.window_in_days') }} then acts.n_human else 0 end)
            as n_in_window,
        sum(case when {{ is_within('acts.activity_date', 90) }} then acts.n_human else 0 end) as n_90d,
        sum(case when {{ is_within('acts.activity_date', 365) }} then acts.n_human else 0 end) as n_365d,
        min(acts.activity_date) as first_date,
        max(acts.activity_date) as last_date
    from acts
    cross join settings
    group by acts.customer_id, acts.activity

)

select * from final
