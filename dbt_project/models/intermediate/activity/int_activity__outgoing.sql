{{ config(materialized='view' if is_whole_build() else 'table') }}

{% if is_whole_build() %}

select * from {{ ref('int_activity__incoming') }}
where false

{% else %}

with

events as (

    select * from {{ last_build('int_activity__events') }}

),

incoming as (

    select * from {{ ref('int_activity__incoming') }}

),

standing as (

    select * from {{ ref('int_activity__typed') }}
    where is_stateful

),

-- read again, said anew by the same record, re-attributed, or no longer said by the vendor
final as (

    select * from events
    where
        (not is_stateful and {{ in_touched_days('_day') }})
        or (not is_stateful and source_record_id in (select incoming.source_record_id from incoming))
        or activity_id in (select incoming.activity_id from incoming)
        or (is_stateful and activity_id not in (select standing.activity_id from standing))

)

select * from final

{% endif %}
