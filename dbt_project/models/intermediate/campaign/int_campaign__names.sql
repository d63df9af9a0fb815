{{ config(materialized='view') }}

-- What a visit may call the campaign that it came from: its id, its title, or both as Klaviyo's links have them.
with

campaigns as (

    select * from {{ ref('int_campaign__tracking') }}

),

final as (

    select
        campaign_id,
        lower(campaign_id) as campaign_name
    from campaigns
    union
    select
        campaign_id,
        lower(title) as campaign_name
    from campaigns
    where title <> ''
    union
    select
        campaign_id,
        lower(concat(title, ' (', campaign_id, ')')) as campaign_name
    from campaigns
    where title <> ''

)

select * from final
