{{ config(materialized='view' if is_whole_build() else 'table') }}

-- depends_on: {{ ref('int_identity__scope') }}
select * from {{ ref('int_identity__sightings') }}
where
    is_current
    and (
        {{ is_in_scope() }}
        or {{ is_in_scope('record_type', 'record_id') }}
    )
