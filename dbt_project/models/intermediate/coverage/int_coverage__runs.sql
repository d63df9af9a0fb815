{{ config(materialized='view') }}

select
    run_id,
    step,
    source_system,
    status,
    verdict,
    message,
    rows_in_count,
    rows_out_count,
    run_day,
    started_at,
    finished_at
from {{ ref('stg_rapport__runs') }}
