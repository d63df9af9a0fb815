-- An order that several sources state under one number counts once: the seed order_sources says who speaks for it. What
-- only the till knows of it (store, associate, discount code) stands on it whoever speaks. A CRM may date one ahead: it
-- counts once its day has come. What gives money back is no purchase; an order for nothing is one, as is one whose
-- amount nobody told.
with

statements as (

    select
        *,
        coalesce(lower(trim(order_number)), order_id) as order_key
    from {{ ref('int_order__statements') }}

),

ranked as (

    select
        statements.*,
        sources.priority,
        min(sources.priority) over (partition by statements.order_key) as first_priority,
        max(statements.store_id) over (partition by statements.order_key) as till_store_id,
        max(statements.associate_id) over (partition by statements.order_key) as till_associate_id,
        max(statements.discount_code) over (partition by statements.order_key) as till_discount_code,
        max(statements._day) over (partition by statements.order_key) as last_told_day,
        max(case when statements.source_system = 'files' then 1 else 0 end) over (
            partition by statements.order_key
        ) = 1 as was_at_till
    from statements
    inner join {{ ref('order_sources') }} as sources on statements.source_system = sources.source_system

),

final as (

    select
        order_id,
        source_system,
        identifier_type,
        identifier_value,
        owner_id,
        order_number,
        coalesce(store_id, till_store_id) as store_id,
        coalesce(associate_id, till_associate_id) as associate_id,
        coalesce(discount_code, till_discount_code) as discount_code,
        case when was_at_till then 'offline' else 'online' end as medium,
        currency,
        net_sales,
        line_count,
        coalesce(net_sales, 0) >= 0 as is_purchase,
        last_told_day as _day,
        ordered_at
    from ranked
    where priority = first_priority and is_standing and ordered_at < cast({{ as_of() }} as timestamp)

)

select * from final
