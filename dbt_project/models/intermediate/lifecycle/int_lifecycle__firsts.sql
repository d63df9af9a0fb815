-- When there was evidence of each stage and level for the first time.
with

final as (

    select
        {% for column, stage in [
            ('stage_first_experience_at', 'first_experience'),
            ('stage_building_relationship_at', 'building_relationship'),
            ('stage_loyalty_at', 'loyalty'),
            ('stage_advocacy_at', 'advocacy'),
            ('level_discover_at', 'discover'),
            ('level_shop_at', 'shop'),
            ('level_buy_at', 'buy'),
            ('level_own_at', 'own'),
            ('level_advocate_at', 'advocate'),
        ] %}
        min(case when stage = '{{ stage }}' then started_at end) as {{ column }},
        {% endfor %}
        customer_id
    from {{ ref('int_lifecycle__spells') }}
    group by customer_id

)

select * from final
