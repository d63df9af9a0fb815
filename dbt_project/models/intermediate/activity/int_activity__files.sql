{{ config(materialized='table') }}

with

records as (

    select * from {{ ref('int_activity__files_records') }}

),

final as (

    select
        concat('files/', record_id) as source_record_id,
        vendor_action,
        identifier_type,
        identifier_value,
        '1' as part_id,
        campaign_id,
        cast(null as {{ dbt.type_string() }}) as content_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        {{ unsaid(['product_id']) }},
        thread_id,
        {{ unsaid(['mkt_source', 'mkt_medium']) }},
        feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        _day,
        happened_at as ts
    from records

)

select * from final
