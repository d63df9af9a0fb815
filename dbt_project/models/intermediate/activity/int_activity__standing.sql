{{ config(materialized='view' if is_whole_build() else 'table') }}

select * from {{ ref('int_activity__typed') }}
where is_stateful
