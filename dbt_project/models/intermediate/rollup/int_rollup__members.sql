-- Who belonged where on the date itself: the owner and the account of then, whoever has the customer today.
with

settings as (

    select * from {{ ref('rollup_settings') }}

),

scores as (

    select
        *,
        percent_rank() over (partition by b2b_b2c order by raw_score - delta_7d) * 100 as score_then
    from {{ ref('int_score__scores') }}
    where as_of_date = {{ as_of() }}

),

spells as (

    select * from {{ ref('int_account__customer_spells') }}
    where
        valid_from < cast({{ as_of() }} as {{ dbt.type_timestamp() }})
        and valid_to >= cast({{ as_of() }} as {{ dbt.type_timestamp() }})

),

indexes as (

    select * from {{ ref('int_index__indexes') }}
    where as_of_date = {{ as_of() }}

),

revenues as (

    select
        orders.customer_id,
        sum(orders.net_sales) as revenue
    from {{ ref('int_order__orders') }} as orders
    cross join settings
    where
        orders.customer_id is not null and orders.ordered_date < {{ as_of() }}
        and orders.ordered_date >= cast({{ dbt.dateadd('day', '-settings.revenue_window_in_days', as_of()) }} as date)
    group by orders.customer_id

),

final as (

    select
        scores.customer_id,
        coalesce(spells.account_id, 'none') as account_id,
        coalesce(roots.root_company_id, spells.account_id, 'none') as parent_id,
        coalesce(spells.owner_id, 'none') as owner_id,
        cast(scores.score as decimal(9, 6)) as score,
        cast(indexes.index as decimal(9, 6)) as index,
        cast(greatest(coalesce(revenues.revenue, 0), 0) as decimal(18, 4)) as revenue,
        coalesce(scores.score - scores.score_then >= settings.mover_points, false) as is_riser,
        coalesce(scores.score_then - scores.score >= settings.mover_points, false) as is_faller
    from scores
    cross join settings
    left join spells on scores.customer_id = spells.customer_id
    left join {{ ref('int_account__roots') }} as roots on spells.account_id = roots.company_id
    left join indexes on scores.customer_id = indexes.customer_id
    left join revenues on scores.customer_id = revenues.customer_id

)

select * from final
