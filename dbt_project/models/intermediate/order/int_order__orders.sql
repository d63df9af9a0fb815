with

sold as (

    select
        concat('hubspot/deals/', deal_id) as order_id,
        'hubspot_contact_id' as identifier_type,
        contact_id as identifier_value,
        owner_id,
        order_number,
        currency,
        net_sales,
        line_count,
        ordered_at
    from {{ ref('int_order__won_deals') }}
    union all
    select
        order_id,
        identifier_type,
        identifier_value,
        owner_id,
        cast(null as {{ dbt.type_string() }}) as order_number,
        cast(null as {{ dbt.type_string() }}) as currency,
        net_sales,
        cast(null as {{ dbt.type_bigint() }}) as line_count,
        ordered_at
    from {{ ref('int_order__won_opportunities') }}

),

people as (

    select * from {{ ref('int_activity__people') }}

),

owned as (

    select
        sold.*,
        people.customer_id
    from sold
    left join people
        on
            sold.identifier_type = people.identifier_type
            and sold.identifier_value = people.identifier_value
            and sold.ordered_at >= people.valid_from
            and sold.ordered_at < people.valid_to

),

numbered as (

    select
        *,
        case
            when customer_id is not null
                then row_number() over (partition by customer_id order by ordered_at, order_id)
        end as customer_order_seq_number
    from owned

),

final as (

    select
        order_id,
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
