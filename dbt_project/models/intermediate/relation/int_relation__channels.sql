{{ config(materialized='view') }}

with

channels as (

    select
        acts.customer_id,
        types.channel,
        sum(acts.n_in_window) as n_acts,
        sum(acts.n_90d) as n_90d
    from {{ ref('int_relation__acts') }} as acts
    inner join {{ ref('int_relation__types') }} as types on acts.activity = types.activity
    where types.is_counted
    group by acts.customer_id, types.channel

),

totals as (

    select
        customer_id,
        sum(case when n_90d > 0 then 1 else 0 end) as n_channels_90d,
        sum(n_acts) as n_acts,
        sum(n_acts * n_acts) as n_squared,
        sum(case when n_acts > 0 then cast(n_acts * ln(n_acts) as decimal(28, 9)) else 0 end) as n_log_n
    from channels
    group by customer_id

),

-- the sum of s ln s over the shares s = n / N is (the sum of n ln n) / N - ln N
final as (

    select
        customer_id,
        n_channels_90d,
        round(cast(n_squared as double) / nullif(n_acts * n_acts, 0), 6) as channel_hhi,
        case when n_acts > 0 then round(ln(n_acts) - cast(n_log_n as double) / n_acts, 6) end as channel_entropy
    from totals

)

select * from final
