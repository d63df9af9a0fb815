{{ config(materialized='view') }}

with

visits as (

    select * from {{ ref('stg_matomo__visits') }}
    where
        {{ in_touched_days('_day') }}
        {% if not is_whole_build() %}
            or concat('matomo/visits/', visit_id) in (
                select source_record_id from {{ last_build('int_activity__events') }}
                where {{ in_touched_days('_day') }}
            )
        {% endif %}

),

channels as (

    select * from {{ ref('int_activity__referrers') }}

),

arrivals as (

    select
        visits.visit_id,
        channels.default_channel_group,
        visits.actions,
        visits.first_action_at,
        visits._day,
        concat('matomo/visits/', visits.visit_id) as source_record_id,
        case when coalesce(visits.user_id, '') <> '' then 'site_user_id' else 'matomo_visitor_id' end as identifier_type,
        case when coalesce(visits.user_id, '') <> '' then visits.user_id else visits.visitor_id end as identifier_value,
        case when visits.referrer_type = 'campaign' then visits.referrer_name end as campaign_id
    from visits
    left join channels
        on
            coalesce(visits.referrer_type, '') = channels.referrer_type
            and coalesce(visits.referrer_name, '') = channels.referrer_name

),

actions as (

    {{ numbered_items([
        'source_record_id', 'identifier_type', 'identifier_value', 'campaign_id', 'default_channel_group',
        'first_action_at', '_day'
    ], 'arrivals', 'actions') }}

),

final as (

    select
        source_record_id,
        item.type as vendor_action,
        identifier_type,
        identifier_value,
        cast(item_position as {{ dbt.type_string() }}) as part_id,
        campaign_id,
        split_part(split_part(item.url, '?', 1), '#', 1) as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        case
            when item.event_category is not null or item.event_action is not null
                then {{ json_text({
                    'category': 'item.event_category', 'action': 'item.event_action'
                }) }}
        end as feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        case when item_position = 1 then default_channel_group end as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(item.time_spent_in_s as {{ dbt.type_int() }}) as engaged_time_in_s,
        _day,
        coalesce({{ utc('item.acted_at') }}, first_action_at) as ts
    from actions

)

select * from final
