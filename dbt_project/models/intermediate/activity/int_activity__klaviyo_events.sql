{{ config(materialized='view_of_a_build') }}

with

events as (

    select * from {{ ref('stg_klaviyo__events') }}
    where {{ in_touched_days('_day') }}

),

metrics as (

    select * from {{ ref('stg_klaviyo__metrics') }}

),

known as (

    select distinct actions.vendor_action
    from ({{ vendor_actions() }}) as actions
    where actions.source_system = 'klaviyo'

),

named as (

    select
        events.*,
        metrics.integration_category,
        coalesce(metrics.name, concat('metric ', events.metric_id)) as metric,
        case
            when events.flow_id is not null and metrics.name like '% Email' then concat(metrics.name, ' (flow)')
            else coalesce(metrics.name, concat('metric ', events.metric_id))
        end as action
    from events
    left join metrics on events.metric_id = metrics.metric_id

),

-- Klaviyo's own metrics must have a row; whatever a shop calls its own is a custom metric until it gets one
final as (

    select
        named.*,
        case
            when known.vendor_action is null and coalesce(named.integration_category, 'Internal') <> 'Internal'
                then 'custom metric'
            else named.action
        end as vendor_action
    from named
    left join known on named.action = known.vendor_action

)

select * from final
