{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of_date',
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

with

points as (

    select * from {{ ref('int_score__points') }}

),

totals as (

    select
        customer_id,
        sum(points) as raw_score
    from points
    group by customer_id

),

settings as (

    select * from {{ ref('score_settings') }}

),

final as (

    select
        points.customer_id,
        points.activity,
        settings.score_version,
        cast(points.n_counted as {{ dbt.type_int() }}) as n_counted,
        cast(points.n_new as {{ dbt.type_int() }}) as n_counted_7d,
        points.points,
        cast(points.points as double) / nullif(cast(totals.raw_score as double), 0) as points_share,
        cast(points.points - points.points_then as decimal(18, 6)) as delta_7d,
        {{ as_of() }} as as_of_date
    from points
    inner join totals on points.customer_id = totals.customer_id
    cross join settings

)

select * from final
