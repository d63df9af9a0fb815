{{ config(materialized='table_on_a_day') }}

{% set keys = [
    'activity_id', 'customer_id', 'anonymous_customer_id', 'identifier_value', 'campaign_id', 'source_system',
    'activity_date'
] | join(', ') %}

{% if is_whole_build() %}

select {{ keys }} from {{ ref('int_activity__incoming') }}
where false

{% else %}

with

events as (

    select * from {{ last_build('int_activity__events') }}

),

incoming as (

    select * from {{ ref('int_activity__incoming') }}

),

read_now as (

    select source_record_id from incoming
    where not is_stateful and {{ in_touched_days('_day') }}

),

-- a record that was said on another day: few are, so their days are looked up first and only those are read
other_days as (

    select distinct _day from events
    where
        not is_stateful
        and not {{ in_touched_days('_day') }}
        and source_record_id in (select read_now.source_record_id from read_now)

),

said_anew as (

    select {{ keys }} from events
    where
        not is_stateful
        and _day in (select other_days._day from other_days)
        and source_record_id in (select read_now.source_record_id from read_now)

),

read_again as (

    select {{ keys }} from events
    where not is_stateful and {{ in_touched_days('_day') }}

),

rewritten as (

    select {{ keys }} from events
    where is_stateful and activity_id in (select incoming.activity_id from incoming where incoming.is_stateful)

),

taken_back as (

    select {{ keys }} from events
    where
        is_stateful
        and activity_id not in (select standing.activity_id from {{ ref('int_activity__standing') }} as standing)

),

final as (

    select * from read_again
    union
    select * from said_anew
    union
    select * from rewritten
    union
    select * from taken_back
    union
    select {{ keys }} from {{ ref('int_activity__moved') }}

)

select * from final

{% endif %}
