select column_name
from information_schema.columns
where
    table_schema = 'marts'
    and table_name = '{{ ref("kpi_days").identifier }}'
    and data_type in ('BIGINT', 'DOUBLE', 'INTEGER')
    and column_name not in (select watched.metric from {{ ref('int_kpi__values') }} as watched)
    and (select count(*) from {{ ref('int_kpi__values') }}) > 0
