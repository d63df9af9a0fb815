-- Every count of a trailing window goes up on one date and down on another; summed over the dates they give the counts.
with

spans as (

    select
        customer_id,
        b2b_b2c,
        n_activities,
        first_order_date,
        activity_date,
        {% for days in (7, 28) %}
        least(
            coalesce(next_date, date '9999-01-01'), cast({{ dbt.dateadd('day', days, 'activity_date') }} as date)
        ) as until_{{ days }}d,
        {% endfor %}
        cast({{ dbt.dateadd('day', 28, 'activity_date') }} as date) as gone_28d,
        cast({{ dbt.dateadd('day', 28, 'first_order_date') }} as date) as cohort_from,
        cast({{ dbt.dateadd('day', 56, 'first_order_date') }} as date) as cohort_until
    from {{ ref('int_kpi__active_spans') }}

),

cohorts as (

    select distinct
        customer_id,
        b2b_b2c,
        cohort_from,
        cohort_until
    from spans
    where cohort_from is not null

),

-- the part of an active span in which the customer is judged for retention
kept as (

    select
        b2b_b2c,
        greatest(activity_date, cohort_from) as kept_from,
        least(until_28d, cohort_until) as kept_until
    from spans
    where activity_date < cohort_until and until_28d > cohort_from

),

buyers as (

    select * from {{ ref('int_kpi__buying_spans') }}

),

consents as (

    select
        customers.b2b_b2c,
        cast(spans.granted_from as date) as granted_date,
        cast(spans.granted_until as date) as ended_date
    from {{ ref('int_consent__spans') }} as spans
    inner join {{ ref('int_customer__customers') }} as customers on spans.customer_id = customers.customer_id
    where spans.scope = 'email_marketing'

),

final as (

    {% for what, relation, up, down, amount in [
        ('active_7d', 'spans', 'activity_date', 'until_7d', '1'),
        ('active_28d', 'spans', 'activity_date', 'until_28d', '1'),
        ('interactions_28d', 'spans', 'activity_date', 'gone_28d', 'n_activities'),
        ('cohort', 'cohorts', 'cohort_from', 'cohort_until', '1'),
        ('retained', 'kept', 'kept_from', 'kept_until', '1'),
        ('converted_28d', 'buyers', 'activity_date', 'until_28d', '1'),
        ('email_consent', 'consents', 'granted_date', 'ended_date', '1')
    ] %}
    select
        '{{ what }}' as what,
        b2b_b2c,
        {{ up }} as step_date,
        sum({{ amount }}) as step
    from {{ relation }}
    group by b2b_b2c, {{ up }}
    union all
    select
        '{{ what }}' as what,
        b2b_b2c,
        {{ down }} as step_date,
        -sum({{ amount }}) as step
    from {{ relation }}
    group by b2b_b2c, {{ down }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from final
