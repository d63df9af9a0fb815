{{ config(materialized='table_on_a_day') }}

{% if is_whole_build() %}

select campaign_id from {{ ref('int_campaign__names') }}
where false

{% else %}

with

names as (

    select * from {{ ref('int_campaign__names') }}

),

names_then as (

    select * from {{ last_build('int_campaign__names_used') }}

),

changed as (

    (select * from names except select * from names_then)
    union all
    (select * from names_then except select * from names)

),

final as (

    select distinct campaign_id from changed

)

select * from final

{% endif %}
