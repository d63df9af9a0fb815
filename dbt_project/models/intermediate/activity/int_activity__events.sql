{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    incremental_predicates=[
        '(activity_date, activity_id) in (select (gone.activity_date, gone.activity_id) from intermediate.int_activity__outgoing as gone)'
    ]
) }}

-- depends_on: {{ ref('int_activity__affected') }} {{ ref('int_activity__outgoing') }}
select * from {{ ref('int_activity__incoming') }}
