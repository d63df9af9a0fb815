with

counts as (

    select * from {{ ref('int_cohort__counts') }}

),

final as (

    {% for kind, retained in [('recurring', 'n_recurring'), ('rolling', 'n_rolling')] %}
    select
        segment,
        '{{ kind }}' as kind,
        cast(cohort_month_number as {{ dbt.type_int() }}) as cohort_month_number,
        cast(cohort_size as bigint) as cohort_size,
        cast({{ retained }} as bigint) as retained_customers,
        {{ share(retained, 'cohort_size') }} as retention_rate,
        cast(n_buying as bigint) as buying_customers,
        {{ share('n_buying', 'cohort_size') }} as repurchase_rate,
        cast(revenue as decimal(18, 4)) as revenue,
        {{ share('revenue', 'first_revenue') }} as revenue_retention,
        cohort_month
    from counts
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
