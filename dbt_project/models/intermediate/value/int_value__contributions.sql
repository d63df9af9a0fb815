-- What a customer brought and cost within the window: net sales, coupons handed in, campaigns, inquiries.
with

settings as (

    select
        cast({{ dbt.dateadd('day', '-window_in_days', as_of()) }} as date) as first_date
    from {{ ref('value_settings') }}

),

lines as (

    select
        customer_id,
        'sales' as kind,
        cast(net_sales as decimal(18, 6)) as amount,
        ordered_date as line_date
    from {{ ref('int_order__orders') }}
    union all
    select
        customer_id,
        kind,
        amount,
        spent_date as line_date
    from {{ ref('int_value__outlays') }}
    union all
    select
        acts.customer_id,
        'inquiries' as kind,
        acts.n_human as amount,
        acts.activity_date as line_date
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where types.kind = 'inquiry'

),

final as (

    select
        lines.customer_id,
        {% for column, kind in [
            ('net_sales_12m', 'sales'), ('incentive_cost_12m', 'incentive'), ('campaign_cost_12m', 'campaign')
        ] %}
        cast(sum(case when lines.kind = '{{ kind }}' then lines.amount else 0 end) as decimal(18, 4)) as {{ column }},
        {% endfor %}
        cast(sum(case when lines.kind = 'inquiries' then lines.amount else 0 end) as bigint) as n_inquiries_12m
    from lines
    cross join settings
    where
        lines.customer_id is not null
        and lines.line_date >= settings.first_date
        and lines.line_date < {{ as_of() }}
    group by lines.customer_id

)

select * from final
