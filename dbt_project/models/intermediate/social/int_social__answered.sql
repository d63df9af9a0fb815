with

remarks as (

    select * from {{ ref('int_service__inbound') }}
    where role = 'remark'

),

final as (

    {% for network in ['source_system', "'all'"] %}
    select
        {{ network }} as source_system,
        count(*) as n_remarks,
        sum(case when is_answered then 1 else 0 end) as n_answered,
        percentile_cont(0.5) within group (order by first_response_min) as median_first_response_min,
        contact_date as post_date
    from remarks
    group by {{ "source_system, " if loop.first }}contact_date
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
