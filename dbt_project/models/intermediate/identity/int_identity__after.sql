{{ config(materialized='view' if is_whole_build() else 'table') }}

-- depends_on: {{ ref('int_identity__scope') }}
select * from {{ ref('int_identity__people') }}
where customer_id is not null and {{ is_in_scope() }}
