{{ config(materialized='view') }}

with

seen as (

    select
        coalesce(source, '(direct)') as source,
        coalesce(medium, '(none)') as medium,
        coalesce(campaign, '') as campaign
    from {{ ref('stg_ga4__events') }}
    union
    select
        source,
        medium,
        coalesce(campaign, '') as campaign
    from {{ ref('int_activity__referrers') }}

),

sites as (

    select * from {{ ref('traffic_sites') }}

),

rules as (

    select * from {{ ref('channel_groups') }}

),

-- a site is itself and all its hosts; of two the longer name says more
known as (

    select
        seen.source,
        seen.medium,
        seen.campaign,
        sites.category,
        row_number() over (
            partition by seen.source, seen.medium, seen.campaign
            order by length(sites.site) desc, sites.site
        ) as place
    from seen
    left join sites on concat('.', lower(seen.source), '.') like concat('%.', sites.site, '.%')

),

matched as (

    select
        known.source,
        known.medium,
        known.campaign,
        rules.default_channel_group,
        row_number() over (
            partition by known.source, known.medium, known.campaign
            order by rules.priority
        ) as place
    from known
    left join rules
        on
            coalesce(nullif(rules.site_category, ''), known.category, '') = coalesce(known.category, '')
            and (rules.source_regex is null or {{ matches('lower(known.source)', 'rules.source_regex') }})
            and (rules.medium_regex is null or {{ matches('lower(known.medium)', 'rules.medium_regex') }})
            and (rules.campaign_regex is null or {{ matches('lower(known.campaign)', 'rules.campaign_regex') }})
    where known.place = 1

),

final as (

    select
        source,
        medium,
        campaign,
        coalesce(default_channel_group, 'Unassigned') as default_channel_group
    from matched
    where place = 1

)

select * from final
