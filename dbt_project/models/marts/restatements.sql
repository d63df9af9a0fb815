{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false,
        pre_hook="{{ empty_this_build() }}"
    )
}}

with

restated as (

    select * from {{ ref('int_kpi__restated') }}

),

final as (

    select
        {{ dbt.hash(dbt.concat([
            'segment', "'|'", 'metric', "'|'", 'cast(kpi_date as varchar)', "'|'",
            'cast(' ~ as_of() ~ ' as varchar)'
        ])) }} as restatement_id,
        segment,
        metric,
        reason,
        value_before,
        value_after,
        kpi_date,
        as_of_before,
        {{ as_of() }} as as_of
    from restated

)

select * from final
