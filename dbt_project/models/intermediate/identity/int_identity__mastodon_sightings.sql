{{ config(materialized='view_of_a_build') }}

with

told as (

    select
        actor_id as record_id,
        actor_acct_digest as identifier_value,
        created_at as seen_at,
        _day
    from {{ ref('stg_mastodon__notifications') }}
    union all
    select
        actor_id as record_id,
        actor_acct_digest as identifier_value,
        created_at as seen_at,
        _day
    from {{ ref('stg_mastodon__replies') }}
    union all
    select
        actor_id as record_id,
        actor_acct_digest as identifier_value,
        cast(_day as timestamp) as seen_at,
        _day
    from {{ ref('stg_mastodon__favourites') }}
    union all
    select
        actor_id as record_id,
        actor_acct_digest as identifier_value,
        cast(_day as timestamp) as seen_at,
        _day
    from {{ ref('stg_mastodon__boosts') }}
    union all
    select
        follower_id as record_id,
        follower_acct_digest as identifier_value,
        cast(_day as timestamp) as seen_at,
        _day
    from {{ ref('stg_mastodon__followers') }}

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
        'mastodon' as source_system,
        'mastodon_account_id' as record_type,
        record_id,
        'account_acct' as rule,
        'mastodon_acct' as identifier_type,
        identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        seen_at,
        seen_until,
        _day
    from seen

)

select * from final
