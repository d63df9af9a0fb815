-- Whether the customer did anything, and whether the company turned to them, in the days before a conversion.
with

settings as (

    select * from {{ ref('journey_settings') }}

),

conversions as (

    select
        conversions.conversion_id,
        conversions.goal,
        conversions.customer_id,
        conversions.converted_at,
        {{ dbt.dateadd('day', '-settings.path_days', 'conversions.converted_at') }} as path_from
    from {{ ref('int_conversion__conversions') }} as conversions
    cross join settings
    where
        conversions.converted_at >= {{ dbt.dateadd('day', '-settings.history_in_days', as_of()) }}
        and conversions.converted_at < {{ as_of() }}

),

sides as (

    select
        acts.customer_id,
        case when roles.role is not null then 'outbound' else 'inbound' end as direction,
        acts.activity_date,
        min(acts.first_at) as first_at
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    left join {{ ref('activity_roles') }} as roles on acts.activity = roles.activity and roles.role = 'message'
    where
        acts.n_human > 0
        and (
            roles.role is not null
            or (types.direction = 'inbound' and types.counts_as_active and coalesce(types.kind, '') <> 'purchase')
        )
    group by acts.customer_id, roles.role, acts.activity_date

),

final as (

    select
        conversions.conversion_id,
        conversions.goal,
        conversions.customer_id,
        max(case when sides.direction = 'inbound' then 1 else 0 end) as has_inbound,
        max(case when sides.direction = 'outbound' then 1 else 0 end) as has_outbound,
        conversions.converted_at
    from conversions
    left join sides
        on
            conversions.customer_id = sides.customer_id
            and conversions.path_from <= sides.first_at
            and conversions.converted_at > sides.first_at
    group by conversions.conversion_id, conversions.goal, conversions.customer_id, conversions.converted_at

)

select * from final
