{{ config(materialized='view_of_a_build') }}

with

mentions as (

    select * from {{ ref('stg_x__mentions') }}
    where {{ in_touched_days('_day') }}

),

quotes as (

    select * from {{ ref('stg_x__quotes') }}
    where {{ in_touched_days('_day') }}

),

accounts as (

    select distinct author_id from {{ ref('stg_x__posts') }}

),

-- a quote that also names the account is a quote
acts as (

    select
        concat('x/mentions/', mentions.post_id) as source_record_id,
        case when answered.author_id is not null then 'reply' else 'mention' end as vendor_action,
        mentions.author_id,
        case when answered.author_id is not null then mentions.conversation_id end as content_id,
        mentions._day,
        mentions.created_at
    from mentions
    left join accounts as answered on mentions.in_reply_to_user_id = answered.author_id
    left join quotes on mentions.post_id = quotes.post_id
    where quotes.post_id is null
    union all
    select
        concat('x/quotes/', post_id) as source_record_id,
        'quote' as vendor_action,
        author_id,
        quoted_post_id as content_id,
        _day,
        created_at
    from quotes

),

final as (

    select
        source_record_id,
        vendor_action,
        'x_user_id' as identifier_type,
        author_id as identifier_value,
        '1' as part_id,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ unsaid(['product_id', 'thread_id', 'mkt_source', 'mkt_medium']) }},
        cast(null as {{ dbt.type_string() }}) as feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        _day,
        created_at as ts
    from acts
    where author_id not in (select accounts.author_id from accounts)

)

select * from final
