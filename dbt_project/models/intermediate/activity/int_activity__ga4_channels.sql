{{ config(materialized='view') }}

with

seen as (

    select distinct
        session_channel_group,
        coalesce(source, '(direct)') as source,
        coalesce(medium, '(none)') as medium,
        coalesce(campaign, '') as campaign
    from {{ ref('stg_ga4__events') }}

),

rules as (

    select * from {{ ref('ga4_channel_groups') }}

),

matched as (

    select
        seen.session_channel_group,
        seen.source,
        seen.medium,
        seen.campaign,
        coalesce(seen.session_channel_group, rules.default_channel_group, 'Unassigned') as default_channel_group,
        row_number() over (
            partition by seen.session_channel_group, seen.source, seen.medium, seen.campaign
            order by rules.priority
        ) as place
    from seen
    left join rules
        on
            lower(seen.source) like rules.source_like
            and lower(seen.medium) like rules.medium_like
            and lower(seen.campaign) like rules.campaign_like

),

final as (

    select
        session_channel_group,
        source,
        medium,
        campaign,
        default_channel_group
    from matched
    where place = 1

)

select * from final
