{{ config(materialized='view') }}

-- Two acts in one bucket as long as the gap are never further apart than the gap, so that a bucket lies inside one
-- session: sessions are then cut between some eight times fewer rows, with the same result.
with

acts as (

    select * from {{ ref('int_session__acts') }}

),

settings as (

    select * from {{ ref('session_settings') }}

),

placed as (

    select
        acts.*,
        cast(floor({{ epoch_seconds('acts.ts') }} / settings.gap_in_s) as bigint) as bucket,
        case
            when acts.default_channel_group is not null
                then concat(cast(acts.ts as {{ dbt.type_string() }}), acts.activity_id)
        end as entry
    from acts
    cross join settings

),

final as (

    select
        actor_id,
        source_system,
        bucket,
        min(customer_id) as customer_id,
        min(anonymous_customer_id) as anonymous_customer_id,
        min(entry) as entry,
        count(*) as n_activities,
        sum(case when activity = 'viewed_page' then 1 else 0 end) as views,
        sum(case when activity in ('reached_goal', 'ordered_on_site') then 1 else 0 end) as n_goals,
        sum(engaged_time_in_s) as engaged_time_in_s,
        min(ts) as first_at,
        max(ts) as last_at
    from placed
    group by actor_id, source_system, bucket

)

select * from final
