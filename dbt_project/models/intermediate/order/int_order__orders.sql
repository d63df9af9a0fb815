with

deals as (

    select * from {{ ref('int_order__won_deals') }}

),

people as (

    select * from {{ ref('int_activity__people') }}
    where identifier_type = 'hubspot_contact_id'

),

owned as (

    select
        deals.*,
        people.customer_id
    from deals
    left join people
        on
            deals.contact_id = people.identifier_value
            and deals.ordered_at >= people.valid_from
            and deals.ordered_at < people.valid_to

),

numbered as (

    select
        *,
        case
            when customer_id is not null
                then row_number() over (partition by customer_id order by ordered_at, deal_id)
        end as customer_order_seq_number
    from owned

),

final as (

    select
        concat('hubspot/deals/', deal_id) as order_id,
        customer_id,
        owner_id,
        order_number,
        currency,
        case
            when customer_order_seq_number = 1 then 'new'
            when customer_order_seq_number > 1 then 'repeat'
        end as new_vs_repeat,
        cast(net_sales as decimal(18, 4)) as net_sales,
        cast(line_count as {{ dbt.type_int() }}) as line_count,
        cast(customer_order_seq_number as {{ dbt.type_int() }}) as customer_order_seq_number,
        cast(ordered_at as date) as ordered_date,
        ordered_at
    from numbered

)

select * from final
