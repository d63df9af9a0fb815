with

credits as (

    select * from {{ ref('int_conversion__credits') }}

),

final as (

    select
        conversion_id,
        session_id,
        customer_id,
        campaign_id,
        goal,
        default_channel_group,
        cast(touch_number as {{ dbt.type_int() }}) as touch_number,
        cast(touch_count as {{ dbt.type_int() }}) as touch_count,
        {% for rule in ['first_touch', 'last_touch', 'last_non_direct', 'linear', 'position_based', 'time_decay'] %}
        cast({{ rule }} as double) as {{ rule }},
        {% endfor %}
        revenue,
        started_at,
        converted_at
    from credits

)

select * from final
