with

sends as (

    select
        campaign_id,
        count(*) as n_recipients,
        min(sent_date) as started_on
    from {{ ref('int_campaign__email_sends') }}
    group by campaign_id

),

costs as (

    select * from {{ ref('int_campaign__costs') }}

),

campaigns as (

    select campaign_id from sends
    union
    select campaign_id from costs

),

joined as (

    select
        campaigns.campaign_id,
        objectives.objective,
        costs.currency,
        cast(coalesce(sends.n_recipients, costs.recipient_count) as bigint) as n_recipients,
        {{ whole('engaged.n_engaged_customers') }} as n_engaged_customers,
        costs.cost,
        cast(effects.n_treated as bigint) as n_treated,
        cast(effects.n_untreated as bigint) as n_untreated,
        effects.change_treated,
        effects.change_untreated,
        effects.incremental_engagement,
        effects.difference_before,
        sends.started_on
    from campaigns
    left join sends on campaigns.campaign_id = sends.campaign_id
    left join costs on campaigns.campaign_id = costs.campaign_id
    left join {{ ref('int_campaign__objectives') }} as objectives on campaigns.campaign_id = objectives.campaign_id
    left join {{ ref('int_campaign__engaged') }} as engaged on campaigns.campaign_id = engaged.campaign_id
    left join {{ ref('int_campaign__effects') }} as effects on campaigns.campaign_id = effects.campaign_id

),

final as (

    select
        campaign_id,
        objective,
        currency,
        n_recipients,
        n_engaged_customers,
        cost,
        {{ share('cost', 'n_recipients') }} as cost_per_recipient,
        {{ share('cost', 'n_engaged_customers') }} as cost_per_engaged_customer,
        n_treated,
        n_untreated,
        round(change_treated, 9) as change_treated,
        round(change_untreated, 9) as change_untreated,
        round(incremental_engagement, 9) as incremental_engagement,
        round(difference_before, 9) as difference_before,
        case
            when incremental_engagement > 0
                then round({{ share('cost', '(incremental_engagement * n_treated)') }}, 9)
        end as cost_per_incremental_engagement,
        started_on
    from joined

)

select * from final
