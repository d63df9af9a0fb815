-- Every customer's counts: 0 where a source would have told of it, null where none does.
{%- set readings = [
    ('n_acts', 'acts'), ('n_c2c', 'c2c'), ('n_c2b', 'c2b'), ('n_c2brand', 'c2brand'), ('online_n', 'online'),
    ('offline_n', 'offline'), ('n_consume', 'consume'), ('n_participate', 'participate'), ('n_inquiries', 'inquiry'),
    ('n_purchases', 'purchase'), ('n_discussions', 'discussion'), ('n_touchpoints', 'acts'), ('n_outbound', 'message'),
    ('n_contrib_review', 'review'), ('n_contributions', 'contribution'), ('n_creations', 'creation')
] %}
{%- set facets = ['visit', 'share', 'create', 'social', 'contact'] %}

with

customers as (

    select
        customer_id,
        b2b_b2c,
        cast(relationship_started_at as date) as started_on
    from {{ ref('int_customer__customers') }}

),

sums as (

    select * from {{ ref('int_relation__sums') }}

),

orders as (

    select
        customer_id,
        count(*) as orders_365d
    from {{ ref('int_order__orders') }}
    where is_purchase and {{ is_within('ordered_date', 365) }}
    group by customer_id

),

covered as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        {% for name, covered in readings %}
        {{ where_covered('coverage.has_' ~ covered, whole('sums.' ~ name)) }} as {{ name }},
        {% endfor %}
        {{ where_covered('coverage.has_acts', 'coalesce(sums.weight_of_acts, 0)') }} as weight_of_acts,
        {{ where_covered('coverage.has_acts', 'coalesce(sums.weight_of_non_transactional, 0)') }}
            as weight_of_non_transactional,
        {{ where_covered('coverage.has_visit', 'visitors.customer_id is not null') }} as facet_visit,
        {% for facet in facets[1:] %}
        {{ where_covered('coverage.has_' ~ facet, 'coalesce(sums.n_' ~ facet ~ ', 0) > 0') }} as facet_{{ facet }},
        {% endfor %}
        {{ where_covered('coverage.has_advocacy', whole('advocacy.n_advocacy_365d')) }} as n_advocacy_365d,
        {{ where_covered('coverage.has_purchase', whole('orders.orders_365d')) }} as orders_365d,
        {{ dbt.datediff(
            'least(coalesce(days.first_active_date, customers.started_on), '
            'coalesce(customers.started_on, days.first_active_date))', as_of(), 'day'
        ) }} as days_known
    from customers
    left join {{ ref('int_relation__coverage') }} as coverage on true
    left join sums on customers.customer_id = sums.customer_id
    left join {{ ref('int_customer__activity') }} as days on customers.customer_id = days.customer_id
    left join orders on customers.customer_id = orders.customer_id
    left join {{ ref('int_relation__visitors') }} as visitors on customers.customer_id = visitors.customer_id
    left join {{ ref('int_relation__advocacy') }} as advocacy on customers.customer_id = advocacy.customer_id

),

final as (

    select
        covered.*,
        {{ where_covered('days_known is not null', 'least(days_known, settings.window_in_days)') }} as freq_days,
        {% for facet in facets %}
        case when facet_{{ facet }} is null then 0 else 1 end{{ ' +' if not loop.last else ' as facets_covered,' }}
        {% endfor %}
        {% for facet in facets %}
        case when facet_{{ facet }} then 1 else 0 end{{ ' +' if not loop.last else ' as facet_breadth,' }}
        {% endfor %}
        {{ where_covered('n_outbound is not null and n_acts is not null', 'n_outbound > 0 and n_acts = 0') }}
            as is_one_sided,
        {{ where_covered('online_n is not null and offline_n is not null', 'online_n > 0 and offline_n > 0') }}
            as is_omni,
        {{ where_covered(
            'orders_365d is not null and n_advocacy_365d is not null',
            'orders_365d >= settings.fan_orders and n_advocacy_365d >= settings.fan_advocacy'
        ) }} as is_fan
    from covered
    cross join {{ ref('relation_settings') }} as settings

)

select * from final
