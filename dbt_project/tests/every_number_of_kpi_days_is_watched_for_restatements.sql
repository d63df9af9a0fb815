with

watched as (

    select distinct values_told.metric
    from {{ ref('int_kpi__values') }} as values_told
    inner join {{ ref('kpi_metrics') }} as metrics on values_told.metric = metrics.metric

)

select columns.column_name
from information_schema.columns as columns
where
    columns.table_schema = 'marts'
    and columns.table_name = '{{ ref("kpi_days").identifier }}'
    and columns.data_type in ('BIGINT', 'DOUBLE', 'INTEGER')
    and columns.column_name not in (select watched.metric from watched)
    and exists (select 1 from watched)
