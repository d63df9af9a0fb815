-- An order that several sources state under one number counts once: the seed order_sources says who speaks for it.
with

statements as (

    select * from {{ ref('int_order__statements') }}

),

ranked as (

    select
        statements.*,
        sources.priority,
        min(sources.priority) over (
            partition by coalesce(lower(trim(statements.order_number)), statements.order_id)
        ) as first_priority
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
        store_id,
        associate_id,
        discount_code,
        currency,
        net_sales,
        line_count,
        _day,
        ordered_at
    from ranked
    where priority = first_priority and is_standing

)

select * from final
