{{ config(materialized='view_of_a_build') }}

with

notifications as (

    select * from {{ ref('stg_mastodon__notifications') }}
    where {{ in_touched_days('_day') }}

),

accounts as (

    select distinct account_id from {{ ref('stg_mastodon__statuses') }}

),

-- of a poll that ended the account itself is told; an answer is a mention in reply to one of its statuses
acts as (

    select
        notifications.*,
        answered.account_id is not null and notifications.type = 'mention' as is_answer
    from notifications
    left join accounts as answered on notifications.in_reply_to_account_id = answered.account_id
    left join accounts as own on notifications.actor_id = own.account_id
    where notifications.actor_id is not null and own.account_id is null

),

final as (

    select
        concat('mastodon/notifications/', notification_id) as source_record_id,
        case when is_answer then 'reply' else type end as vendor_action,
        'mastodon_account_id' as identifier_type,
        actor_id as identifier_value,
        '1' as part_id,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        case
            when is_answer then in_reply_to_status_id
            when type in ('favourite', 'reblog') then status_id
        end as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ unsaid(['product_id', 'thread_id', 'mkt_source', 'mkt_medium']) }},
        cast(null as {{ dbt.type_string() }}) as feature_json,
        case when is_actor_bot then 'bot_account' end as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        _day,
        created_at as ts
    from acts

)

select * from final
