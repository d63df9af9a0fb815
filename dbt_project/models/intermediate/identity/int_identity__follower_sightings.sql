{{ config(materialized='view') }}

with

followers as (

    select * from {{ ref('stg_bluesky__follower_days') }}

),

final as (

    select
        'bluesky' as source_system,
        'bluesky_did' as record_type,
        follower_did as record_id,
        'account_handle' as rule,
        'bluesky_handle' as identifier_type,
        follower_handle_digest as identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        cast(_day as timestamp) as seen_at,
        cast(_day as timestamp) as seen_until,
        _day,
        {{ dbt.concat(["'bluesky/followers/'", 'follower_did']) }} as statement_id
    from followers
    where follower_handle_digest <> ''

)

select * from final
