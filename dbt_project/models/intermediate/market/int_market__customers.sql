-- Since when a customer is one: the first sign of the relation, an act or a record of it. Beside every customer's own
-- segment stands the one of all.
with

customers as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        customers.country,
        companies.industry,
        companies.segment as account_segment,
        coalesce(
            least(activity.first_active_date, cast(customers.relationship_started_at as date)),
            activity.first_active_date,
            cast(customers.relationship_started_at as date)
        ) as started_date
    from {{ ref('int_customer__customers') }} as customers
    left join {{ ref('int_account__companies') }} as companies on customers.company_id = companies.company_id
    left join {{ ref('int_customer__activity') }} as activity on customers.customer_id = activity.customer_id

),

dated as (

    select
        *,
        cast({{ dbt.date_trunc('month', 'started_date') }} as date) as started_month
    from customers
    where started_date < {{ as_of() }}

),

final as (

    {% for segment in ['b2b_b2c', "'all'"] %}
    {% set first_month = 'min(started_month) over (partition by ' ~ segment ~ ', ' %}
    select
        customer_id,
        {{ segment }} as segment,
        country is not null
        and started_month = {{ first_month }}country) as is_from_new_country,
        industry is not null
        and started_month = {{ first_month }}industry) as is_from_new_industry,
        account_segment is not null
        and started_month = {{ first_month }}account_segment) as is_from_new_segment,
        started_month
    from dated
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
