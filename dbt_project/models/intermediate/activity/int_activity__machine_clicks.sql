{{ config(materialized='view') }}

with

clicks as (

    select
        campaign_id,
        member_id,
        url,
        _day,
        acted_at
    from {{ ref('stg_mailchimp__email_activity') }}
    where action = 'click'
    union all
    select
        message_id as campaign_id,
        profile_id as member_id,
        url,
        _day,
        happened_at as acted_at
    from {{ ref('int_activity__klaviyo_events') }}
    where metric = 'Clicked Email'

),

rules as (

    select * from {{ ref('machine_rules') }}

),

-- a scanner follows every link at once: count the links that the same member followed around each click
links as (

    select
        clicks.campaign_id,
        clicks.member_id,
        clicks.acted_at,
        count(distinct neighbours.url) as n_links
    from clicks
    inner join clicks as neighbours
        on
            clicks.campaign_id = neighbours.campaign_id
            and clicks.member_id = neighbours.member_id
            and clicks._day = neighbours._day
    cross join rules
    where
        abs({{ epoch_seconds('neighbours.acted_at') }} - {{ epoch_seconds('clicks.acted_at') }})
        <= rules.burst_within_s
    group by clicks.campaign_id, clicks.member_id, clicks.acted_at

),

final as (

    select
        links.campaign_id,
        links.member_id,
        links.acted_at
    from links
    inner join rules on links.n_links >= rules.burst_links

)

select * from final
