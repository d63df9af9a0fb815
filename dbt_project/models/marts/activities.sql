{{ config(materialized='view') }}

with

acts as (

    select * from {{ ref('int_activity__placed') }}

),

types as (

    select * from {{ ref('activity_types') }}

),

campaigns as (

    select * from {{ ref('int_campaign__tracking') }}

),

final as (

    select
        acts.activity_id,
        acts.customer_id,
        acts.anonymous_customer_id,
        acts.session_id,
        acts.campaign_id,
        acts.content_id,
        acts.product_id,
        acts.thread_id,
        acts.account_id,
        acts.customer_owner_id as owner_id,
        acts.owner_id as record_owner_id,
        acts.source_record_id,
        acts.activity,
        types.channel,
        acts.source_system,
        types.direction,
        case when types.party = 'b2c' or acts.is_answer then 'company' else 'customer' end as initiator,
        types.medium,
        types.party,
        types.dimension,
        types.facet,
        types.mode,
        types.touchpoint,
        types.kind,
        acts.machine_reason,
        acts.feature_json,
        case when types.channel in ('web', 'email') then acts.content_id end as link,
        cast(case when acts.machine_reason is null then types.weight else 0 end as decimal(9, 3)) as weight,
        cast(row_number() over repeats as {{ dbt.type_int() }}) as activity_occurrence,
        acts.engaged_time_in_s,
        acts.revenue_impact,
        acts.machine_reason is not null as is_machine,
        case acts.activity
            when 'opened_email' then campaigns.is_tracking_opens
            when 'clicked_email' then campaigns.is_tracking_clicks
            else true
        end as is_tracked,
        types.counts_as_active and acts.machine_reason is null as counts_as_active,
        acts.activity_date,
        acts.ts,
        lead(acts.ts) over repeats as activity_repeated_at
    from acts
    left join types on acts.activity = types.activity
    left join campaigns on acts.campaign_id = campaigns.campaign_id
    window
        repeats as (
            partition by coalesce(acts.actor_id, acts.activity_id), acts.activity
            order by acts.ts, acts.activity_id
        )

)

select * from final
