{{ config(materialized='view_of_a_build') }}

with

told as (

    select
        author_id as record_id,
        author_handle_digest as identifier_value,
        created_at as seen_at,
        _day
    from {{ ref('stg_x__mentions') }}
    union all
    select
        author_id as record_id,
        author_handle_digest as identifier_value,
        created_at as seen_at,
        _day
    from {{ ref('stg_x__quotes') }}
    union all
    select
        user_id as record_id,
        user_handle_digest as identifier_value,
        cast(_day as timestamp) as seen_at,
        _day
    from {{ ref('stg_x__likes') }}
    union all
    select
        user_id as record_id,
        user_handle_digest as identifier_value,
        cast(_day as timestamp) as seen_at,
        _day
    from {{ ref('stg_x__reposts') }}
    union all
    select
        follower_id as record_id,
        follower_handle_digest as identifier_value,
        cast(_day as timestamp) as seen_at,
        _day
    from {{ ref('stg_x__followers') }}

),

seen as (

    select
        record_id,
        identifier_value,
        min(seen_at) as seen_at,
        max(seen_at) as seen_until,
        _day
    from told
    where identifier_value is not null and {{ in_touched_days('_day') }}
    group by record_id, identifier_value, _day

),

final as (

    select
        'x' as source_system,
        'x_user_id' as record_type,
        record_id,
        'user_handle' as rule,
        'x_handle' as identifier_type,
        identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        seen_at,
        seen_until,
        _day
    from seen

)

select * from final
