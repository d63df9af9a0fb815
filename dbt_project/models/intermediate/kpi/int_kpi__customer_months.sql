with

acts as (

    select
        acts.customer_id,
        types.channel,
        acts.n_human,
        acts.engaged_time_in_s,
        case when types.kind = 'purchase' then 1 else 0 end as is_purchase,
        cast({{ dbt.date_trunc('month', 'acts.activity_date') }} as date) as activity_month
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where
        acts.n_human > 0
        and types.direction = 'inbound'
        and types.counts_as_active
        and acts.activity_date < {{ as_of() }}

),

months as (

    select
        customer_id,
        channel,
        sum(n_human) as n_activities,
        sum(engaged_time_in_s) as engaged_time_in_s,
        max(is_purchase) as is_purchase,
        activity_month
    from acts
    group by customer_id, channel, activity_month

),

-- whoever bought in the month counts as a buyer wherever else they were
final as (

    select
        customer_id,
        channel,
        n_activities,
        engaged_time_in_s,
        max(is_purchase) over (partition by customer_id, activity_month) = 1 as is_buyer,
        activity_month
    from months

)

select * from final
