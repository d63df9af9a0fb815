with

settings as (

    select * from {{ ref('relation_settings') }}

),

acts as (

    select * from {{ ref('int_day__customer_activities') }}
    where n_human > 0 and {{ is_within('activity_date', 365) }}

),

final as (

    select
        acts.customer_id,
        acts.activity,
        sum(case when {{ is_within('acts.activity_date', 'settings.window_in_days') }} then acts.n_human else 0 end)
            as n_in_window,
        sum(case when {{ is_within('acts.activity_date', 90) }} then acts.n_human else 0 end) as n_90d
    from acts
    cross join settings
    where
        {{ is_within('acts.activity_date', 'settings.window_in_days') }}
        or {{ is_within('acts.activity_date', 90) }}
    group by acts.customer_id, acts.activity

)

select * from final
