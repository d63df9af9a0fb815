{{ config(materialized='view') }}

with

events as (

    select * from {{ ref('int_activity__events') }}

),

types as (

    select * from {{ ref('social_types') }}
    where interaction_type <> ''

),

handles as (

    select * from {{ ref('int_social__handles') }}

),

posts as (

    select * from {{ ref('int_social__posts') }}

),

texts as (

    select * from {{ ref('int_sentiment__texts') }}

),

final as (

    select
        events.source_record_id as interaction_id,
        events.activity_id,
        events.customer_id,
        events.anonymous_customer_id,
        events.content_id as post_id,
        events.source_system,
        case
            when types.interaction_type = 'comment' and posts.is_answer then 'reply'
            else types.interaction_type
        end as interaction_type,
        handles.handle_digest as actor_handle_digest,
        events.machine_reason,
        texts.language,
        texts.sentiment,
        posts.post_id is not null as is_on_own_post,
        events.machine_reason is not null as is_machine,
        events.activity_date as interaction_date,
        events.ts
    from events
    inner join types on events.activity = types.activity
    left join handles
        on
            events.identifier_type = handles.identifier_type
            and events.identifier_value = handles.identifier_value
    left join posts
        on
            events.source_system = posts.source_system
            and events.content_id = posts.post_id
    left join texts on events.source_record_id = texts.source_record_id

)

select * from final
