{{ config(materialized='table') }}

-- X tells who likes, reposts and follows, and never when: it was on the day on which it was first seen. What stood
-- there on the first day of all, about a post of days before, happened for all we know when that was written.
with

posts as (

    select * from {{ ref('stg_x__posts') }}

),

seen as (

    {% for vendor_action in ['like', 'repost'] %}
    select
        post_id,
        user_id,
        '{{ vendor_action }}' as vendor_action,
        min(_day) as _day
    from {{ ref('stg_x__' ~ vendor_action ~ 's') }}
    group by post_id, user_id
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

first_seen as (

    select
        min(_day) as _day,
        {{ dbt.dateadd('day', -2, 'min(_day)') }} as days_before
    from seen

),

reactions as (

    select
        concat('x/', seen.vendor_action, 's/', seen.post_id, '/', seen.user_id) as source_record_id,
        seen.vendor_action,
        seen.user_id,
        seen.post_id as content_id,
        seen._day,
        case
            when seen._day = first_seen._day and posts.created_at < first_seen.days_before then posts.created_at
            else greatest(posts.created_at, cast(seen._day as timestamp))
        end as ts
    from seen
    inner join posts on seen.post_id = posts.post_id
    cross join first_seen

),

-- who followed when followers were first read did so at some time before
follows as (

    select
        concat('x/followers/', follower_id) as source_record_id,
        'follow' as vendor_action,
        follower_id as user_id,
        cast(null as {{ dbt.type_string() }}) as content_id,
        min(_day) as _day,
        cast(min(_day) as timestamp) as ts
    from {{ ref('stg_x__followers') }}
    group by follower_id
    having min(_day) > (select min(everybody._day) from {{ ref('stg_x__followers') }} as everybody)

),

final as (

    select
        source_record_id,
        vendor_action,
        'x_user_id' as identifier_type,
        user_id as identifier_value,
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
        ts
    from (
        select * from reactions
        union all
        select * from follows
    ) as acts

)

select * from final
