with

deals as (

    select * from {{ ref('stg_hubspot__deals') }}
    where is_closed_won and not is_archived

),

buyers as (

    select
        deal_id,
        min(contact_id) as contact_id
    from {{ ref('stg_hubspot__deal_contacts') }}
    group by deal_id

),

final as (

    select
        deals.deal_id,
        buyers.contact_id,
        deals.owner_id,
        deals.order_number,
        deals.currency,
        deals.amount as net_sales,
        deals.line_count,
        deals._day,
        coalesce(deals.closed_at, deals.created_at) as ordered_at
    from deals
    left join buyers on deals.deal_id = buyers.deal_id

)

select * from final
