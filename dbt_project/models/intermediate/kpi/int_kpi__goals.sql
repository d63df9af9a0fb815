{{ config(materialized='view') }}

with

final as (

    select
        goal_id,
        lower(trim(metric)) as metric,
        coalesce(lower(nullif(trim(segment), '')), 'all') as segment,
        target,
        cast(starts_at as date) as starts_date,
        cast(ends_at as date) as ends_date
    from {{ ref('stg_files__goals') }}

)

select * from final
