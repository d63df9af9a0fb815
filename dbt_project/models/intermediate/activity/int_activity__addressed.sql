{{ config(materialized='view_of_a_build') }}

-- The acts that may be an answer or be answered, with what ties the two: a campaign, which a customer's act may name as
-- its links do, or a thread.
with

events as (

    select
        events.activity_id,
        coalesce(events.customer_id, events.anonymous_customer_id) as actor_id,
        events.campaign_id,
        events.thread_id,
        types.direction,
        types.party,
        events.activity_date,
        events.ts
    from {{ ref('int_activity__events') }} as events
    inner join {{ ref('activity_types') }} as types on events.activity = types.activity
    where events.campaign_id is not null or events.thread_id is not null

),

{% if is_whole_build() %}

reread as (

    select
        events.*,
        true as is_told_anew
    from events
    where events.actor_id is not null

),

{% else %}

-- of an actor's past only what an act of the affected days may still answer
reread as (

    select
        events.*,
        events.activity_date >= answering.affected_from as is_told_anew
    from events
    inner join {{ ref('int_activity__answering') }} as answering on events.actor_id = answering.actor_id
    cross join {{ ref('initiative_settings') }} as settings
    where
        {{ epoch_seconds('events.ts') }}
        >= {{ epoch_seconds('cast(answering.affected_from as ' ~ dbt.type_timestamp() ~ ')') }}
        - settings.answered_within_h * 3600

),

{% endif %}

final as (

    select
        reread.*,
        concat('campaign ', reread.campaign_id) as topic
    from reread
    where reread.campaign_id is not null
    union all
    select
        reread.*,
        concat('thread ', reread.thread_id) as topic
    from reread
    where reread.thread_id is not null
    union all
    select
        reread.*,
        concat('campaign ', names.campaign_id) as topic
    from reread
    inner join {{ ref('int_campaign__names') }} as names
        on lower(reread.campaign_id) = names.campaign_name and reread.campaign_id <> names.campaign_id
    where reread.direction = 'inbound'

)

select * from final
