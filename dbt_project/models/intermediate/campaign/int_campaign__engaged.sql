-- Whom a campaign moved to an act of their own: a click in its email, or a visit that came in under its name.
with

names as (

    select
        campaign_name,
        min(campaign_id) as campaign_id
    from {{ ref('int_campaign__names') }}
    group by campaign_name

),

clicks as (

    select
        campaign_id,
        customer_id
    from {{ ref('int_campaign__email_sends') }}
    where was_clicked_human and customer_id is not null

),

visits as (

    select
        coalesce(names.campaign_id, sessions.campaign_id) as campaign_id,
        sessions.customer_id
    from {{ ref('int_session__sessions') }} as sessions
    left join names on lower(sessions.campaign_id) = names.campaign_name
    where sessions.campaign_id is not null and sessions.customer_id is not null

),

moved as (

    select * from clicks
    union all
    select * from visits

),

final as (

    select
        campaign_id,
        count(distinct customer_id) as n_engaged_customers
    from moved
    group by campaign_id

)

select * from final
