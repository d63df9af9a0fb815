-- The visits until the first purchase; of one web source, where several watch the site.
with

firsts as (

    select
        customer_id,
        level_buy_at
    from {{ ref('int_lifecycle__firsts') }}
    where level_buy_at is not null

),

visits as (

    select
        firsts.customer_id,
        sessions.source_system,
        min(sessions.source_system) over (partition by firsts.customer_id) as first_source
    from firsts
    inner join {{ ref('int_session__sessions') }} as sessions
        on firsts.customer_id = sessions.customer_id and firsts.level_buy_at >= sessions.started_at

),

final as (

    select
        customer_id,
        count(*) as touches_to_purchase
    from visits
    where source_system = first_source
    group by customer_id

)

select * from final
