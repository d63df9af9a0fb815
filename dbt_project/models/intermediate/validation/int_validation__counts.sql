{{ config(materialized='view') }}

-- The cells by outcome: to how many it came, of those to whom it could.
with

cells as (

    select * from {{ ref('int_validation__cells') }}

),

final as (

    {% for outcome, came, could in [
        ('purchased', 'purchased', 'n'),
        ('retained', 'retained', 'n_active'),
        ('churned', 'n_active - retained', 'n_active'),
        ('referred', 'referred', 'n'),
    ] %}
    select
        predictor,
        '{{ outcome }}' as outcome,
        segment,
        horizon_in_days,
        draw_group,
        observed_on,
        level,
        cast({{ could }} as double) as n,
        cast({{ came }} as double) as n_events
    from cells
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
