with

deciles as (

    select * from {{ ref('int_validation__deciles') }}

),

final as (

    select
        predictor,
        outcome,
        segment,
        cast(horizon_in_days as {{ dbt.type_int() }}) as horizon_in_days,
        decile,
        cast(sum(n) as bigint) as n,
        cast(sum(n_events) as bigint) as n_events,
        {{ share('sum(n_events)', 'sum(n)') }} as event_rate,
        case when outcome = 'revenue' then {{ share('sum(value)', 'sum(n)') }} end as revenue_per_customer,
        case when outcome = 'share_of_wallet' then {{ share('sum(value)', 'sum(n)') }} end as mean_share_of_wallet,
        {{ as_of() }} as as_of_date
    from deciles
    where {{ stands_alone('predictor') }}
    group by predictor, outcome, segment, horizon_in_days, decile
    having sum(n) > 0

)

select * from final
