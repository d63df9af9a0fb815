with

runs as (

    select * from {{ ref('int_coverage__runs') }}

),

final as (

    select
        run_id,
        step,
        source_system,
        status,
        verdict,
        message,
        rows_in_count,
        rows_out_count,
        run_day as run_date,
        started_at,
        finished_at
    from runs

)

select * from final
