-- What the sources could have told within the window: one that delivered on any of its days covers the acts it knows.
with

spoke as (

    {{ spoke_within('settings.window_in_days', 'relation_settings') }}

),

final as (

    select
        {% for column, value in [
            ('party', 'c2c'), ('party', 'c2b'), ('party', 'c2brand'), ('medium', 'online'), ('medium', 'offline'),
            ('facet', 'visit'), ('facet', 'share'), ('facet', 'create'), ('facet', 'social'), ('facet', 'contact'),
            ('mode', 'consume'), ('mode', 'participate'), ('kind', 'inquiry'), ('kind', 'purchase'),
            ('kind', 'discussion')
        ] %}
        max(case when types.is_counted and types.{{ column }} = '{{ value }}' then 1 else 0 end) = 1 as has_{{ value }},
        {% endfor %}
        {% for role in ['message', 'advocacy', 'review', 'contribution', 'creation'] %}
        max(case when types.is_{{ role }} then 1 else 0 end) = 1 as has_{{ role }},
        {% endfor %}
        max(case when types.is_counted then 1 else 0 end) = 1 as has_acts
    from spoke
    inner join {{ ref('int_coverage__acts') }} as acts on spoke.source_system = acts.source_system
    inner join {{ ref('int_relation__types') }} as types on acts.activity = types.activity

)

select * from final
