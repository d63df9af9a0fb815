-- Where a customer met the company, by their own acts that count; a purchase is no way to a purchase.
with

acts as (

    select * from {{ ref('int_day__customer_activities') }}

),

types as (

    select * from {{ ref('activity_types') }}
    where direction = 'inbound' and counts_as_active and weight > 0 and coalesce(kind, '') <> 'purchase'

),

settings as (

    select * from {{ ref('journey_settings') }}

),

final as (

    select
        acts.customer_id,
        types.touchpoint,
        acts.activity_date,
        min(acts.first_at) as touched_at
    from acts
    inner join types on acts.activity = types.activity
    cross join settings
    where
        acts.n_human > 0
        and acts.activity_date < {{ as_of() }}
        and acts.activity_date >= cast({{ dbt.dateadd('day', '-settings.history_in_days', as_of()) }} as date)
    group by acts.customer_id, types.touchpoint, acts.activity_date

)

select * from final
