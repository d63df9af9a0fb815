{{ config(materialized='view_of_a_build') }}

with

final as (

    select
        run_id,
        step,
        vendor as source_system,
        status,
        verdict,
        message,
        rows_in as rows_in_count,
        rows_out as rows_out_count,
        day as run_day,
        started_at,
        finished_at
    from {{ run_records() }}

)

select * from final
