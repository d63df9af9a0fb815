{{ config(materialized='view_of_a_build') }}

with

referrers as (

    select * from {{ ref('int_activity__referrers') }}

),

channels as (

    select * from {{ ref('int_activity__channels') }}

),

arrivals as (

    select
        visits.visit_id,
        referrers.source as mkt_source,
        referrers.medium as mkt_medium,
        referrers.campaign as campaign_id,
        channels.default_channel_group,
        visits.actions,
        visits.first_action_at,
        visits._day,
        concat('matomo/visits/', visits.visit_id) as source_record_id,
        case
            when nullif(visits.user_id, '') is null then 'matomo_visitor_id'
            else 'site_user_id'
        end as identifier_type,
        coalesce(nullif(visits.user_id, ''), visits.visitor_id) as identifier_value
    from {{ ref('stg_matomo__visits') }} as visits
    left join referrers
        on
            coalesce(visits.referrer_type, '') = referrers.referrer_type
            and coalesce(visits.referrer_name, '') = referrers.referrer_name
    left join channels
        on
            referrers.source = channels.source
            and referrers.medium = channels.medium
            and coalesce(referrers.campaign, '') = channels.campaign
    where
        {{ in_touched_days('visits._day') }}
        or {{ was_in_touched_days("concat('matomo/visits/', visits.visit_id)") }}

),

actions as (

    select
        source_record_id,
        identifier_type,
        identifier_value,
        campaign_id,
        mkt_source,
        mkt_medium,
        default_channel_group,
        first_action_at,
        _day,
        {{ each_item('actions') }} as item,
        {{ each_item(positions('actions')) }} as item_position
    from arrivals

),

final as (

    select
        actions.source_record_id,
        actions.item.type as vendor_action,
        actions.identifier_type,
        actions.identifier_value,
        cast(actions.item_position as {{ dbt.type_string() }}) as part_id,
        actions.campaign_id,
        split_part(split_part(actions.item.url, '?', 1), '#', 1) as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ unsaid(['product_id', 'thread_id']) }},
        case when actions.item_position = 1 then actions.mkt_source end as mkt_source,
        case when actions.item_position = 1 then actions.mkt_medium end as mkt_medium,
        case
            when actions.item.event_category is not null or actions.item.event_action is not null
                then {{ json_text({
                    'category': 'actions.item.event_category', 'action': 'actions.item.event_action'
                }) }}
        end as feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        case when actions.item_position = 1 then actions.default_channel_group end as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(actions.item.time_spent_in_s as {{ dbt.type_int() }}) as engaged_time_in_s,
        actions._day,
        coalesce({{ utc('actions.item.acted_at') }}, actions.first_action_at) as ts
    from actions

)

select * from final
