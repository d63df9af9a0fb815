with

members as (

    select * from {{ ref('int_rollup__members') }}

),

placed as (

    {% for level, entity in [
        ('account', 'account_id'), ('parent', 'parent_id'), ('owner', 'owner_id'), ('corporate', "'all'")
    ] %}
    select
        *,
        '{{ level }}' as level,
        {{ entity }} as entity_id
    from members
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        level,
        entity_id,
        count(*) as n_customers,
        count(index) as n_indexed,
        sum(case when revenue > 0 then 1 else 0 end) as n_buyers,
        round(cast(sum(score) as double) / nullif(count(score), 0), 6) as score_mean,
        round(cast(sum(score * revenue) as double) / nullif(cast(sum(revenue) as double), 0), 6)
            as score_mean_by_revenue,
        {% for share in (10, 50, 90) %}
        round(cast(percentile_cont({{ share / 100 }}) within group (order by score) as double), 6)
            as score_p{{ share }},
        {% endfor %}
        round(cast(sum(index) as double) / nullif(count(index), 0), 6) as index_mean,
        sum(case when is_riser then 1 else 0 end) as n_risers,
        sum(case when is_faller then 1 else 0 end) as n_fallers
    from placed
    group by level, entity_id

)

select * from final
