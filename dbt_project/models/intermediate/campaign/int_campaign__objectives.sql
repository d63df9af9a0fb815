with

matched as (

    select
        campaigns.campaign_id,
        objectives.objective,
        objectives.is_promotional,
        row_number() over (partition by campaigns.campaign_id order by objectives.priority) as place
    from {{ ref('int_campaign__tracking') }} as campaigns
    inner join {{ ref('campaign_objectives') }} as objectives
        on lower(coalesce(campaigns.title, '')) like objectives.title_like

),

final as (

    select
        campaign_id,
        objective,
        is_promotional
    from matched
    where place = 1

)

select * from final
