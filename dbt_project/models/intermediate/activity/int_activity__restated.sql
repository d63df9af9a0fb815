{{ config(materialized='view_of_a_build') }}

with

standing as (

    select * from {{ ref('int_activity__standing') }}

),

{% if is_whole_build() %}

final as (

    select * from standing

)

{% else %}

events as (

    select * from {{ last_build('int_activity__events') }}
    where is_stateful

),

final as (

    select * from standing
    where
        {{ in_touched_days('_day') }}
        or source_record_id in (select events.source_record_id from events where {{ in_touched_days('events._day') }})
        or activity_id not in (select events.activity_id from events)
        or {{ is_in_scope() }}

)

{% endif %}

select * from final
