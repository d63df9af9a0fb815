-- What a customer did day by day in the days that patterns are looked for, and whether they were there afterwards.
with

settings as (

    select
        *,
        cast({{ dbt.dateadd('day', '-outcome_days', as_of()) }} as date) as outcome_from,
        cast({{ dbt.dateadd('day', '-outcome_days - pattern_days', as_of()) }} as date) as pattern_from
    from {{ ref('pattern_settings') }}

),

kept as (

    select distinct days.customer_id
    from {{ ref('int_day__customer_days') }} as days
    inner join settings on days.activity_date >= settings.outcome_from
    where days.is_active and days.activity_date < {{ as_of() }}

),

final as (

    select
        acts.customer_id,
        acts.activity,
        case when kept.customer_id is not null then 1 else 0 end as is_retained,
        row_number() over (
            partition by acts.customer_id
            order by acts.first_at, acts.activity, acts.activity_date
        ) as act_number,
        acts.first_at
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    inner join settings
        on acts.activity_date >= settings.pattern_from and acts.activity_date < settings.outcome_from
    left join kept on acts.customer_id = kept.customer_id
    where acts.n_human > 0 and types.direction = 'inbound' and types.counts_as_active and types.weight > 0

)

select * from final
