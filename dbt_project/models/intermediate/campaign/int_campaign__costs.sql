-- What campaigns cost, under the id that their sends have where the finance file calls them otherwise.
with

names as (

    select
        campaign_name,
        min(campaign_id) as campaign_id
    from {{ ref('int_campaign__names') }}
    group by campaign_name

),

costs as (

    select
        coalesce(names.campaign_id, costs.campaign_id) as campaign_id,
        costs.currency,
        costs.amount,
        costs.recipient_count
    from {{ ref('stg_files__campaign_costs') }} as costs
    left join names on lower(trim(costs.campaign_id)) = names.campaign_name
    where costs.campaign_id <> '' and costs._day < {{ as_of() }}

),

final as (

    select
        campaign_id,
        case when min(coalesce(currency, '')) = max(coalesce(currency, '')) then min(currency) end as currency,
        cast(case when min(coalesce(currency, '')) = max(coalesce(currency, '')) then sum(amount) end as decimal(18, 4))
            as cost,
        max(recipient_count) as recipient_count
    from costs
    group by campaign_id

)

select * from final
