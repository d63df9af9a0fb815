{{ config(materialized='view') }}

-- A programme that never told anything is not covered: its folder may be read every day and yet nobody drops a file.
with

days as (

    select * from {{ ref('int_coverage__days') }}
    where source_system = 'files' and row_count > 0

),

final as (

    select
        entity,
        min(date_day) as first_date
    from days
    group by entity

)

select * from final
