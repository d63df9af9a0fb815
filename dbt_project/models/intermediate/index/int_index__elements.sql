with

weights as (

    select
        segment,
        max(case when element = 'usage' then weight end) as usage_weight,
        max(case when element = 'sentiment' then weight end) as sentiment_weight,
        max(case when element = 'involvement' then weight end) as involvement_weight,
        max(case when element = 'competitive' then weight end) as competitive_weight
    from {{ ref('index_weights') }}
    group by segment

),

scored as (

    select
        moments.customer_id,
        moments.b2b_b2c,
        moments.told_on,
        usage.score_usage,
        sentiments.score_sentiment,
        involvement.score_involvement,
        round(100 * wallets.sow, 9) as score_competitive,
        case when usage.score_usage is not null then weights.usage_weight else 0 end as usage_weight,
        case when sentiments.score_sentiment is not null then weights.sentiment_weight else 0 end as sentiment_weight,
        case when involvement.score_involvement is not null then weights.involvement_weight else 0 end
            as involvement_weight,
        case when wallets.sow is not null then weights.competitive_weight else 0 end as competitive_weight,
        weights.usage_weight + weights.sentiment_weight + weights.involvement_weight + weights.competitive_weight
            as whole_weight
    from {{ ref('int_index__moments') }} as moments
    inner join weights on moments.b2b_b2c = weights.segment
    left join {{ ref('int_index__usage') }} as usage
        on moments.customer_id = usage.customer_id and moments.told_on = usage.told_on
    left join {{ ref('int_index__sentiments') }} as sentiments
        on moments.customer_id = sentiments.customer_id and moments.told_on = sentiments.told_on
    left join {{ ref('int_index__involvement') }} as involvement
        on moments.customer_id = involvement.customer_id and moments.told_on = involvement.told_on
    left join {{ ref('int_index__wallets') }} as wallets
        on moments.customer_id = wallets.customer_id and moments.told_on = wallets.told_on
    where moments.told_on = {{ as_of() }}

),

final as (

    select
        customer_id,
        b2b_b2c,
        score_usage,
        score_sentiment,
        score_involvement,
        score_competitive,
        coalesce(score_usage, 0) * cast(usage_weight as double)
        + coalesce(score_sentiment, 0) * cast(sentiment_weight as double)
        + coalesce(score_involvement, 0) * cast(involvement_weight as double)
        + coalesce(score_competitive, 0) * cast(competitive_weight as double) as weighted_score,
        usage_weight + sentiment_weight + involvement_weight + competitive_weight as covered_weight,
        whole_weight,
        told_on
    from scored

)

select * from final
