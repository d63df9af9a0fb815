with

opinions as (

    select * from {{ ref('int_index__opinions') }}

),

totals as (

    select
        customer_id,
        told_on,
        count(*) as n,
        sum(abs(opinion)) as strength,
        sum(cast(weight * opinion as decimal(18, 9))) as weighted,
        sum(weight) as weight
    from opinions
    group by customer_id, told_on

),

final as (

    select
        totals.customer_id,
        totals.n as sentiment_n,
        round(cast(totals.strength as double) / totals.n, 9) as sentiment_magnitude,
        round(cast(totals.weighted as double) / cast(totals.weight as double), 9) as sentiment_direction,
        round(
            50 + 50 * cast(totals.weighted as double) / cast(totals.weight as double)
            * totals.n / (totals.n + cast(settings.opinions_for_half_confidence as double)),
            9
        ) as score_sentiment,
        totals.told_on
    from totals
    cross join {{ ref('index_settings') }} as settings

)

select * from final
