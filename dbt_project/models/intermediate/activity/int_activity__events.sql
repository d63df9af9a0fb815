{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    incremental_predicates=[
        '(activity_date, activity_id) in ('
        'select gone.activity_date, gone.activity_id from intermediate.int_activity__outgoing as gone)'
    ],
    post_hook='{{ remember_people() }}'
) }}

-- depends_on: {{ ref('int_activity__affected') }} {{ ref('int_activity__outgoing') }} {{ ref('int_activity__people') }}
-- depends_on: {{ ref('int_identity__scope') }}
select * from {{ ref('int_activity__incoming') }}
