{{ config(materialized='view') }}

-- Spearman's rho with revenue in each replicate: Pearson's of the places.
with

draws as (

    select * from {{ ref('int_validation__draws') }}

),

moments as (

    select
        cells.predictor,
        cells.segment,
        cells.horizon_in_days,
        draws.replicate,
        {% for moment in ['x', 'y', 'xx', 'yy', 'xy'] %}
        cast(sum(draws.weight * cells.sum_{{ moment }}) as double) / 1e9 as {{ moment }},
        {% endfor %}
        cast(sum(draws.weight * cells.n) as double) as n
    from {{ ref('int_validation__cells') }} as cells
    inner join draws on cells.draw_group = draws.draw_group
    group by cells.predictor, cells.segment, cells.horizon_in_days, draws.replicate

),

final as (

    select
        predictor,
        segment,
        horizon_in_days,
        replicate,
        (n * xy - x * y)
        / nullif(sqrt(greatest(n * xx - x * x, 0)) * sqrt(greatest(n * yy - y * y, 0)), 0) as reached
    from moments

)

select * from final
