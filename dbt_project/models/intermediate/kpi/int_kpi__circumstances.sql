-- What customers did in a month under every circumstance that a source tells of: of the customer as known today, of
-- the month itself, and of each channel.
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

-- few combinations stand for many customers, so that these are gone through once and not for each dimension
{% for name, source, columns in [
    ('combinations', 'described', ['b2b_b2c', 'country', 'consent', 'tenure']), ('channels', 'months', ['channel'])
] %}
{{ name }} as (

    select
        {{ columns | join(', ') }},
        count(*) as active_customers,
        sum(n_activities) as n_activities,
        count(engaged_time_in_s) as customers_timed,
        sum(engaged_time_in_s) as engaged_time_in_s,
        sum(case when is_buyer then 1 else 0 end) as buying_customers,
        activity_month
    from {{ source }}
    group by {{ columns | join(', ') }}, activity_month

),

{% endfor %}
final as (

    {% for dimension in ['b2b_b2c', 'country', 'consent', 'tenure', 'channel'] %}
    select
        '{{ dimension }}' as dimension,
        {{ dimension }} as circumstance,
        cast(sum(active_customers) as bigint) as active_customers,
        cast(sum(n_activities) as bigint) as n_activities,
        cast(sum(customers_timed) as bigint) as customers_timed,
        cast(sum(engaged_time_in_s) as bigint) as engaged_time_in_s,
        cast(sum(buying_customers) as bigint) as buying_customers,
        activity_month
    from {{ 'channels' if dimension == 'channel' else 'combinations' }}
    group by {{ dimension }}, activity_month
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
