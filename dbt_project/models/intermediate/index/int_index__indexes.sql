{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of_date',
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

with

elements as (

    select * from {{ ref('int_index__elements') }}

),

settings as (

    select * from {{ ref('index_settings') }}

),

final as (

    select
        elements.customer_id,
        elements.b2b_b2c,
        settings.weights_version,
        wallets.sow_method,
        case
            when elements.covered_weight >= settings.minimum_coverage * elements.whole_weight
                then round(elements.weighted_score / nullif(cast(elements.covered_weight as double), 0), 9)
        end as index,
        {{ share('elements.covered_weight', 'elements.whole_weight') }} as coverage,
        elements.score_usage,
        usage.usage_breadth,
        usage.n_usage_items,
        usage.n_usage_items_available,
        usage.usage_depth,
        usage.usage_recency_in_days,
        usage.n_usage_90d,
        usage.n_usage_previous_90d,
        elements.score_sentiment,
        coalesce(sentiments.sentiment_n, 0) as sentiment_n,
        sentiments.sentiment_magnitude,
        sentiments.sentiment_direction,
        loyalty.loyalty_intent,
        loyalty.attitude_behavior_gap,
        elements.score_involvement,
        involvement.inv_event_attended,
        involvement.inv_social,
        involvement.inv_co_create,
        involvement.inv_reference,
        involvement.inv_case_study,
        elements.score_competitive,
        wallets.sow,
        wallets.n_won_deals,
        wallets.n_closed_deals,
        elements.told_on as as_of_date
    from elements
    cross join settings
    left join {{ ref('int_index__usage') }} as usage
        on elements.customer_id = usage.customer_id and elements.told_on = usage.told_on
    left join {{ ref('int_index__sentiments') }} as sentiments
        on elements.customer_id = sentiments.customer_id and elements.told_on = sentiments.told_on
    left join {{ ref('int_index__involvement') }} as involvement
        on elements.customer_id = involvement.customer_id and elements.told_on = involvement.told_on
    left join {{ ref('int_index__wallets') }} as wallets
        on elements.customer_id = wallets.customer_id and elements.told_on = wallets.told_on
    left join {{ ref('int_index__loyalty') }} as loyalty on elements.customer_id = loyalty.customer_id

)

select * from final
