-- Breadth, depth and recency, each as a place in the segment on that day; who has used nothing is at the bottom.
with

settings as (

    select window_in_days from {{ ref('index_settings') }}

),

moments as (

    select * from {{ ref('int_index__moments') }}

),

used as (

    select
        customer_id,
        count(*) as n_items,
        sum(n_used_lately) as n_used_lately,
        sum(n_used_before) as n_used_before,
        min(recency_in_days) as recency_in_days,
        told_on
    from {{ ref('int_index__usage_items') }}
    group by customer_id, told_on

),

available as (

    select
        moments.b2b_b2c,
        moments.told_on,
        count(distinct items.item) as n_available
    from {{ ref('int_index__usage_items') }} as items
    inner join moments on items.customer_id = moments.customer_id and items.told_on = moments.told_on
    group by moments.b2b_b2c, moments.told_on

),

spent as (

    select
        orders.customer_id,
        moments.told_on,
        cast(
            sum(orders.net_sales) / count(distinct {{ dbt.date_trunc('month', 'orders.ordered_date') }})
            as decimal(18, 4)
        ) as spend_per_month
    from {{ ref('int_order__orders') }} as orders
    inner join moments on orders.customer_id = moments.customer_id and orders.ordered_date < moments.told_on
    cross join settings
    where orders.ordered_date >= cast({{ dbt.dateadd('day', '-settings.window_in_days', 'moments.told_on') }} as date)
    group by orders.customer_id, moments.told_on

),

told as (

    select
        moments.customer_id,
        moments.b2b_b2c,
        moments.told_on,
        coalesce(used.n_items, 0) as n_items,
        available.n_available,
        coalesce(spent.spend_per_month, 0) as usage_depth,
        used.recency_in_days,
        coalesce(used.n_used_lately, 0) as n_used_lately,
        coalesce(used.n_used_before, 0) as n_used_before
    from moments
    left join used on moments.customer_id = used.customer_id and moments.told_on = used.told_on
    left join available on moments.b2b_b2c = available.b2b_b2c and moments.told_on = available.told_on
    left join spent on moments.customer_id = spent.customer_id and moments.told_on = spent.told_on
    where 'usage' in (select covered.part from {{ ref('int_index__covered') }} as covered)

),

final as (

    select
        customer_id,
        cast(n_items as bigint) as n_usage_items,
        cast(n_available as bigint) as n_usage_items_available,
        coalesce({{ share('n_items', 'n_available') }}, 0) as usage_breadth,
        usage_depth,
        cast(recency_in_days as {{ dbt.type_int() }}) as usage_recency_in_days,
        cast(n_used_lately as bigint) as n_usage_90d,
        cast(n_used_before as bigint) as n_usage_previous_90d,
        round(100 * (
            percent_rank() over (partition by b2b_b2c, told_on order by n_items)
            + percent_rank() over (partition by b2b_b2c, told_on order by usage_depth)
            + percent_rank() over (partition by b2b_b2c, told_on order by -coalesce(recency_in_days, 1000000))
        ) / 3, 9) as score_usage,
        told_on
    from told

)

select * from final
