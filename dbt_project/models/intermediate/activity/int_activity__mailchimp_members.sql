{{ config(materialized='view') }}

with

members as (

    select * from {{ ref('stg_mailchimp__members') }}
    where opted_in_at is not null

),

final as (

    select
        concat('mailchimp/members/', list_id, '/', member_id) as source_record_id,
        'subscribe' as vendor_action,
        'mailchimp_member_id' as identifier_type,
        member_id as identifier_value,
        '1' as part_id,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        list_id as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ unsaid(['product_id', 'thread_id', 'mkt_source', 'mkt_medium']) }},
        cast(null as {{ dbt.type_string() }}) as feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        _day,
        opted_in_at as ts
    from members

)

select * from final
