{{ config(materialized='view') }}

-- The visits of the look-back before a conversion, in their order; of one web source, where several watch the site.
with

settings as (

    select * from {{ ref('attribution_settings') }}

),

conversions as (

    select * from {{ ref('int_conversion__conversions') }}

),

visits as (

    select
        conversions.conversion_id,
        conversions.goal,
        conversions.customer_id,
        conversions.revenue,
        conversions.converted_at,
        sessions.session_id,
        sessions.source_system,
        sessions.default_channel_group,
        sessions.campaign_id,
        sessions.started_at,
        min(sessions.source_system) over (partition by conversions.conversion_id) as first_source,
        {{ epoch_seconds('conversions.converted_at') }} - {{ epoch_seconds('sessions.started_at') }} as age_in_s,
        settings.half_life_in_days,
        settings.first_share,
        settings.last_share
    from conversions
    cross join settings
    inner join {{ ref('int_session__sessions') }} as sessions
        on
            conversions.customer_id = sessions.customer_id
            and conversions.converted_at >= sessions.started_at
            and {{ dbt.dateadd('day', '-settings.lookback_in_days', 'conversions.converted_at') }} < sessions.started_at

),

final as (

    select
        *,
        default_channel_group = 'Direct' as is_direct,
        row_number() over (partition by conversion_id order by started_at, session_id) as touch_number,
        count(*) over (partition by conversion_id) as touch_count,
        sum(case when default_channel_group = 'Direct' then 0 else 1 end) over (
            partition by conversion_id
            order by started_at desc, session_id desc
            rows unbounded preceding
        ) as non_direct_from_the_end,
        sum(case when default_channel_group = 'Direct' then 0 else 1 end) over (partition by conversion_id)
            as non_direct_count
    from visits
    where source_system = first_source

)

select * from final
