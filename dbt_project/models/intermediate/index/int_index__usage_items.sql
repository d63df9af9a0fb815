with

settings as (

    select * from {{ ref('index_settings') }}

),

features as (

    select * from {{ ref('usage_features') }}

),

acts as (

    select
        days.customer_id,
        concat('feature:', features.feature) as item,
        days.n_human as n_used,
        days.activity_date
    from {{ ref('int_day__customer_activities') }} as days
    inner join features on days.activity = features.activity
    where days.n_human > 0

),

-- whose acts name a product has used that, too; how often is counted with the feature
products as (

    select
        events.customer_id,
        concat('product:', events.product_id) as item,
        0 as n_used,
        events.activity_date
    from {{ ref('int_activity__events') }} as events
    inner join features on events.activity = features.activity
    where
        events.product_id is not null and events.customer_id is not null and events.machine_reason is null

),

used as (

    select * from acts
    union all
    select * from products

),

aged as (

    select
        used.*,
        settings.window_in_days,
        settings.trend_in_days,
        moments.told_on,
        {{ dbt.datediff('used.activity_date', 'moments.told_on', 'day') }} - 1 as age_in_days
    from used
    inner join {{ ref('int_index__moments') }} as moments
        on used.customer_id = moments.customer_id and used.activity_date < moments.told_on
    cross join settings

),

final as (

    select
        customer_id,
        item,
        sum(case when age_in_days < trend_in_days then n_used else 0 end) as n_used_lately,
        sum(
            case when age_in_days >= trend_in_days and age_in_days < 2 * trend_in_days then n_used else 0 end
        ) as n_used_before,
        min(age_in_days) as recency_in_days,
        told_on
    from aged
    where age_in_days < greatest(window_in_days, 2 * trend_in_days)
    group by customer_id, item, told_on

)

select * from final
