{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of_date',
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

with

cells as (

    select * from {{ ref('int_rollup__cells') }}

),

withheld as (

    select
        level,
        entity_id,
        max(case when figure = 'n_customers' then 1 else 0 end) = 1 as is_suppressed,
        max(case when figure = 'n_indexed' then 1 else 0 end) = 1 as is_index_suppressed,
        max(case when figure = 'n_buyers' then 1 else 0 end) = 1 as is_revenue_suppressed
    from {{ ref('int_rollup__withheld') }}
    group by level, entity_id

),

judged as (

    select
        cells.*,
        coalesce(withheld.is_suppressed, false) as is_suppressed,
        coalesce(withheld.is_suppressed or withheld.is_index_suppressed, false) as is_index_suppressed,
        coalesce(withheld.is_suppressed or withheld.is_revenue_suppressed, false) as is_revenue_suppressed
    from cells
    left join withheld on cells.level = withheld.level and cells.entity_id = withheld.entity_id

),

final as (

    select
        level,
        entity_id,
        cast({{ where_covered('not is_suppressed', 'n_customers') }} as bigint) as n_customers,
        {{ where_covered('not is_suppressed', 'score_mean') }} as score_mean,
        {{ where_covered('not is_suppressed', 'score_p10') }} as score_p10,
        {{ where_covered('not is_suppressed', 'score_p50') }} as score_p50,
        {{ where_covered('not is_suppressed', 'score_p90') }} as score_p90,
        cast({{ where_covered('not is_suppressed', 'n_risers') }} as bigint) as n_risers,
        cast({{ where_covered('not is_suppressed', 'n_fallers') }} as bigint) as n_fallers,
        cast({{ where_covered('not is_revenue_suppressed', 'n_buyers') }} as bigint) as n_buyers,
        {{ where_covered('not is_revenue_suppressed', 'score_mean_by_revenue') }} as score_mean_by_revenue,
        cast({{ where_covered('not is_index_suppressed', 'n_indexed') }} as bigint) as n_indexed,
        {{ where_covered('not is_index_suppressed', 'index_mean') }} as index_mean,
        is_suppressed,
        is_index_suppressed,
        is_revenue_suppressed,
        {{ as_of() }} as as_of_date
    from judged

)

select * from final
