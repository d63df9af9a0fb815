{{ config(materialized='view') }}

-- Where the window ends when nobody says so: the day after the newest partition.
select cast({{ dbt.dateadd('day', 1, 'max(_day)') }} as date) as as_of_date
from {{ ref('stg_rapport__receipts') }}
