{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of_date',
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

with

ranked as (

    select * from {{ ref('int_score__ranked') }}

),

coverage as (

    select * from {{ ref('int_score__coverage') }}

),

changes as (

    select * from {{ ref('int_score__changes') }}

),

settings as (

    select * from {{ ref('score_settings') }}

),

final as (

    select
        ranked.customer_id,
        ranked.b2b_b2c,
        settings.score_version,
        changes.score_change,
        ranked.raw_score,
        case when coverage.score_coverage >= settings.minimum_coverage then ranked.percentile end as score,
        cast(ranked.raw_score - ranked.raw_score_then as decimal(18, 6)) as delta_7d,
        coverage.score_coverage,
        {{ as_of() }} as as_of_date
    from ranked
    left join changes on ranked.customer_id = changes.customer_id
    cross join coverage
    cross join settings

)

select * from final
