with

days as (

    select * from {{ ref('int_coverage__days') }}
    where is_received

),

measures as (

    select * from {{ ref('social_measures') }}

),

final as (

    select
        measures.source_system,
        {% for measure in ['likes', 'comments', 'shares', 'quotes'] %}
        max(case when measures.measure = '{{ measure }}' then 1 else 0 end) = 1 as has_{{ measure }},
        {% endfor %}
        days.date_day
    from measures
    inner join days on measures.source_system = days.source_system and measures.entity = days.entity
    group by measures.source_system, days.date_day

)

select * from final
