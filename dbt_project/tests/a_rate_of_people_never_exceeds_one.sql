select
    segment,
    kpi_date
from {{ ref('kpi_days') }}
where
    stickiness > 1
    or retention_rate > 1
    or ctr_human > ctr_raw
    or ctr_raw > 1
    or conversion_rate > 1
