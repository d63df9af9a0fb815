with

months as (

    select
        *,
        round({{ share('total_z', 'n_parts') }}, 6) as reputation_index
    from {{ ref('int_reputation__months') }}

),

final as (

    select
        reputation_index,
        round(reputation_index - lag(reputation_index) over (order by part_month), 6) as reputation_index_change,
        cast(n_parts as {{ dbt.type_int() }}) as n_parts,
        round({{ share('rating_amount', 'rating_n') }}, 9) as rating_mean,
        cast(rating_n as bigint) as n_ratings,
        rating_z,
        {{ share('sentiment_amount', 'sentiment_n') }} as net_sentiment,
        cast(sentiment_n as bigint) as n_with_sentiment,
        sentiment_z,
        {{ share('response_amount', 'response_n') }} as response_in_time_share,
        cast(response_amount as bigint) as n_in_time,
        cast(response_n as bigint) as n_awaiting,
        response_z,
        {{ share('complaint_amount', 'complaint_n') }} as complaint_rate,
        cast(complaint_amount as bigint) as n_complaints,
        cast(complaint_n as bigint) as n_active_customers,
        complaint_z,
        part_month as reputation_month
    from months

)

select * from final
