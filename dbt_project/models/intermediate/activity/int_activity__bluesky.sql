{{ config(materialized='view_of_a_build') }}

with

interactions as (

    select * from {{ ref('stg_bluesky__interactions') }}
    where {{ in_touched_days('_day') }}

),

final as (

    select
        concat('bluesky/interactions/', interaction_uri) as source_record_id,
        reason as vendor_action,
        'bluesky_did' as identifier_type,
        actor_did as identifier_value,
        '1' as part_id,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        subject_uri as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ unsaid(['product_id', 'thread_id', 'mkt_source', 'mkt_medium']) }},
        cast(null as {{ dbt.type_string() }}) as feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        cast(null as decimal(18, 4)) as revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        _day,
        coalesce(created_at, indexed_at) as ts
    from interactions

)

select * from final
