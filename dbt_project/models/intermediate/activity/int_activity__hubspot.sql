{{ config(materialized='view') }}

with

records as (

    select * from {{ ref('int_activity__hubspot_records') }}

),

participants as (

    select * from {{ ref('int_activity__hubspot_participants') }}

),

final as (

    select
        concat('hubspot/', records.entity, '/', records.record_id) as source_record_id,
        records.vendor_action,
        'hubspot_contact_id' as identifier_type,
        participants.contact_id as identifier_value,
        coalesce(participants.contact_id, '') as part_id,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        cast(null as {{ dbt.type_string() }}) as content_id,
        records.owner_id,
        {{ unsaid(['product_id']) }},
        records.thread_id,
        {{ unsaid(['mkt_source', 'mkt_medium']) }},
        records.feature_json,
        cast(null as {{ dbt.type_string() }}) as machine_reason,
        cast(null as {{ dbt.type_string() }}) as default_channel_group,
        records.revenue_impact,
        cast(null as {{ dbt.type_int() }}) as engaged_time_in_s,
        records._day,
        records.happened_at as ts
    from records
    left join participants
        on
            records.entity = participants.entity
            and records.record_id = participants.record_id
    where not coalesce(records.is_archived, false)

)

select * from final
