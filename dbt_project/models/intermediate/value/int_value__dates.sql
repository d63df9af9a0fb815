{{ config(materialized='view_of_a_build') }}

-- The two ends by which buying is summed up: now, and as long ago as a prediction is held against what came.
with

final as (

    select
        {{ as_of() }} as end_date,
        true as is_now
    union all
    select
        cast({{ dbt.dateadd('day', '-holdout_in_days', as_of()) }} as date) as end_date,
        false as is_now
    from {{ ref('value_settings') }}

)

select * from final
