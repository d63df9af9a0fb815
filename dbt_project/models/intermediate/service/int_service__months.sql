with

contacts as (

    select
        customer_id,
        contact_channel,
        cast({{ dbt.date_trunc('month', 'contact_date') }} as date) as contact_month
    from {{ ref('int_service__contacts') }}
    where role in ('inquiry', 'call')

),

-- a customer's month, over each way of contact and over all
customers as (

    select
        contact_channel,
        customer_id,
        count(*) as n_contacts,
        1 as n_channels,
        contact_month
    from contacts
    group by contact_channel, customer_id, contact_month
    union all
    select
        'all' as contact_channel,
        customer_id,
        count(*) as n_contacts,
        count(distinct contact_channel) as n_channels,
        contact_month
    from contacts
    group by customer_id, contact_month

),

live as (

    select
        contact_month,
        count(distinct contact_channel) as channels_live
    from contacts
    group by contact_month

),

final as (

    select
        customers.contact_channel,
        sum(customers.n_contacts) as n_contacts,
        count(customers.customer_id) as n_customers,
        sum(case when customers.customer_id is not null and customers.n_channels >= 2 then 1 else 0 end)
            as n_customers_in_two_channels,
        case when customers.contact_channel = 'all' then max(live.channels_live) else 1 end as channels_live,
        customers.contact_month
    from customers
    inner join live on customers.contact_month = live.contact_month
    group by customers.contact_channel, customers.contact_month

)

select * from final
