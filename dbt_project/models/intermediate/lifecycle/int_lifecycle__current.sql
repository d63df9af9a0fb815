-- The stage and the level that a customer is in, for how long, and whether that is longer than usual.
with

stays as (

    select
        stays.*,
        limits.longest_usual_dwell_days,
        cast({{ dbt.datediff('stays.entered_at', 'cast(' ~ as_of() ~ ' as timestamp)', 'second') }} as double) / 86400
            as days_since
    from {{ ref('int_lifecycle__stays') }} as stays
    left join {{ ref('int_lifecycle__limits') }} as limits
        on stays.model = limits.model and stays.to_stage = limits.to_stage
    where stays.exited_at is null

),

final as (

    select
        customer_id,
        {% for name, model in [('stage', 'stage4'), ('level', 'level5')] %}
        max(case when model = '{{ model }}' then to_stage end) as {{ name }},
        max(case when model = '{{ model }}' then to_stage_number end) as {{ name }}_number,
        max(case when model = '{{ model }}' then days_since end) as days_in_{{ name }},
        max(case when model = '{{ model }}' then longest_usual_dwell_days end) as usual_days_in_{{ name }},
        max(case when model = '{{ model }}' then entered_at end) as {{ name }}_entered_at,
        {% endfor %}
        max(rule_version) as rule_version
    from stays
    group by customer_id

)

select * from final
