{{ config(materialized='view') }}

-- The cells by outcome: to how many it came, of those to whom it could. What only a few can show, answers and advocacy,
-- is counted by Monday, for the tenths, and not drawn again and again for an interval.
with

cells as (

    select * from {{ ref('int_validation__cells') }}

),

final as (

    {% for outcome, came, could, has_interval in [
        ('purchased', 'purchased', 'n', true),
        ('repeated', 'repeated', 'n_buyers', true),
        ('retained', 'retained', 'n_active', true),
        ('churned', 'n_active - retained', 'n_active', true),
        ('referred', 'referred', 'n', true),
        ('advocated', 'advocated', 'n', false),
        ('satisfied', 'satisfied', 'n_csat', false),
        ('promoter', 'promoter', 'n_nps', false),
        ('detractor', 'detractor', 'n_nps', false),
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
    {{ 'where observed_on is not null' if not has_interval }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
