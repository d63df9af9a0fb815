{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[
        'exists (select 1 from intermediate.int_activity__answering as answering'
        ' where answering.actor_id = int_activity__answers.actor_id'
        ' and answering.affected_from <= int_activity__answers.activity_date)'
    ],
    post_hook='{{ remember_names() }}'
) }}

-- depends_on: {{ ref('int_activity__answering') }} {{ ref('int_campaign__names') }}

with

addressed as (

    select * from {{ ref('int_activity__addressed') }}

),

settings as (

    select * from {{ ref('initiative_settings') }}

),

final as (

    select distinct
        acts.activity_id,
        acts.actor_id,
        acts.activity_date
    from addressed as acts
    inner join addressed as sent on acts.actor_id = sent.actor_id and acts.topic = sent.topic
    cross join settings
    where
        acts.direction = 'inbound'
        and acts.is_told_anew
        and sent.party = 'b2c'
        and sent.ts <= acts.ts
        and {{ epoch_seconds('acts.ts') }} - {{ epoch_seconds('sent.ts') }} <= settings.answered_within_h * 3600

)

select * from final
