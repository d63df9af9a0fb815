with

days as (

    select * from {{ ref('int_kpi__days') }}

),

final as (

    {% for metric in kpi_metrics() %}
    select
        segment,
        '{{ metric }}' as metric,
        cast({{ metric }} as double) as value,
        kpi_date
    from days
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from final
