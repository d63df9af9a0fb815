{{ config(materialized='view_of_a_build') }}

with

interactions as (

    select * from {{ ref('stg_bluesky__interactions') }}
    where {{ in_touched_days('_day') }}

),

seen as (

    select
        actor_did as record_id,
        actor_handle_digest as identifier_value,
        min(indexed_at) as seen_at,
        max(indexed_at) as seen_until,
        _day
    from interactions
    where actor_handle_digest is not null
    group by actor_did, actor_handle_digest, _day

),

final as (

    select
        'bluesky' as source_system,
        'bluesky_did' as record_type,
        record_id,
        'account_handle' as rule,
        'bluesky_handle' as identifier_type,
        identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        seen_at,
        seen_until,
        _day
    from seen

)

select * from final
