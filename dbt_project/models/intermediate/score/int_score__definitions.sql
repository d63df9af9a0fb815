{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='as_of_date',
    full_refresh=false,
    on_schema_change='append_new_columns'
) }}

with

types as (

    select * from {{ ref('activity_types') }}
    where direction = 'inbound' and counts_as_active

),

final as (

    select
        types.activity,
        settings.score_version,
        cast(types.weight as decimal(9, 3)) as weight,
        cast(types.daily_cap as {{ dbt.type_int() }}) as daily_cap,
        cast(settings.window_in_days as {{ dbt.type_int() }}) as window_in_days,
        cast(settings.half_life_in_days as double) as half_life_in_days,
        {{ as_of() }} as as_of_date
    from types
    cross join {{ ref('score_settings') }} as settings

)

select * from final
