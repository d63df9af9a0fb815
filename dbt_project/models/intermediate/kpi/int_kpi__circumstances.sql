-- Each customer's month under every circumstance that a source tells of: of the customer as known today, of the month
-- itself, and once for each channel.
with

months as (

    select * from {{ ref('int_kpi__customer_months') }}

),

people as (

    select
        customer_id,
        sum(n_activities) as n_activities,
        sum(engaged_time_in_s) as engaged_time_in_s,
        max(case when is_buyer then 1 else 0 end) = 1 as is_buyer,
        activity_month
    from months
    group by customer_id, activity_month

),

described as (

    select
        people.*,
        customers.b2b_b2c,
        coalesce(customers.country, 'unknown') as country,
        coalesce(customers.consent_state, 'unknown') as consent,
        case when started.started_month = people.activity_month then 'new' else 'returning' end as tenure
    from people
    inner join {{ ref('int_customer__customers') }} as customers on people.customer_id = customers.customer_id
    left join {{ ref('int_market__customers') }} as started
        on people.customer_id = started.customer_id and started.segment = 'all'

),

final as (

    {% for dimension in ['b2b_b2c', 'country', 'consent', 'tenure'] %}
    select
        customer_id,
        '{{ dimension }}' as dimension,
        {{ dimension }} as circumstance,
        n_activities,
        engaged_time_in_s,
        is_buyer,
        activity_month
    from described
    union all
    {% endfor %}
    select
        customer_id,
        'channel' as dimension,
        channel as circumstance,
        n_activities,
        engaged_time_in_s,
        is_buyer,
        activity_month
    from months

)

select * from final
