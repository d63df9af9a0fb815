{{ config(materialized='view_of_a_build') }}

-- The two ends that the sides are told for: now, and so long ago that it is known by now who went.
with

settings as (

    select * from {{ ref('side_settings') }}

),

ends as (

    select
        {{ as_of() }} as end_date,
        true as is_now
    union all
    select
        cast({{ dbt.dateadd('day', '-settings.churn_in_days', as_of()) }} as date) as end_date,
        false as is_now
    from settings

),

final as (

    select
        ends.end_date,
        cast({{ dbt.dateadd('day', '-settings.window_in_days', 'ends.end_date') }} as date) as first_date,
        ends.is_now
    from ends
    cross join settings

)

select * from final
