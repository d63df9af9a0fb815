with

dates as (

    select kpi_date from {{ ref('int_kpi__dates') }}
    where segment = 'all'

),

final as (

    select
        {% for what in [
            'active_customers', 'active_members', 'members', 'points_earned', 'points_burned', 'points_expired',
            'activities', 'incentivised', 'invitations', 'accepted'
        ] %}
        sum(case when steps.what = '{{ what }}' then steps.step else 0 end) as {{ what }},
        {% endfor %}
        dates.kpi_date
    from dates
    left join {{ ref('int_program__steps') }} as steps on dates.kpi_date >= steps.step_date
    group by dates.kpi_date

)

select * from final
